import type { HistoryTools } from '../domain/history.ts';

/** When the time of a case begins, in milliseconds since the epoch. */
export const startMs = 1_000_000;

/** A place that is empty at first, and that any number of processes can open. */
export interface SharedPlace<Opened> extends AsyncDisposable {
  open(tools: HistoryTools): Promise<Opened>;
}

/** Several processes on one place, in a time that a case moves. */
export interface Processes<Opened> {
  /** Opens the place as a process of that name. */
  open(holder: string): Promise<Opened>;
  /** Lets milliseconds pass. */
  pass(ms: number): void;
  /** Ends a process so that all the others know. */
  kill(holder: string): void;
}

/** Lets a case use a place as several processes would, and closes what it opened. */
export async function processesOnPlace<Opened>(
  place: SharedPlace<Opened>,
  check: (use: Processes<Opened>) => Promise<void>,
  close: (opened: Opened) => Promise<void> = async () => undefined,
): Promise<void> {
  const gone = new Set<string>();
  const opened: Opened[] = [];
  let nowMs = startMs;
  try {
    await check({
      pass: (ms) => {
        nowMs += ms;
      },
      kill: (holder) => gone.add(holder),
      open: async (holder) => {
        const isGone = (each: string): boolean => gone.has(each);
        const made = await place.open({ now: () => nowMs, holder, isGone });
        opened.push(made);
        return made;
      },
    });
  } finally {
    for (const made of opened) await close(made);
    await place[Symbol.asyncDispose]();
  }
}
