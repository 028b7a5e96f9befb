import type { Clock } from '../domain/clock.ts';
import type { SeatId } from '../domain/plan.ts';
import type { LiveRun, LiveText } from './live-run.ts';
import type { Told } from './told.ts';

/** Milliseconds between two looks at what changed: text that came meanwhile is told at once, and the end without a wait. */
const paceMs = 40;

/** Where and how long to follow. */
export interface Following {
  /** How many entries of the log are known already. */
  readonly from: number;
  /** Makes the name of a place in the log. */
  readonly idOf: (place: number) => string;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/**
 * Tells a run as it goes on. Nothing is queued for a watcher that is slow: it is told the whole of what it
 * missed when it comes for more.
 */
export async function* followLive(
  run: LiveRun,
  following: Following,
): AsyncGenerator<readonly Told[]> {
  const { signal, clock } = following;
  const known: Known = { place: following.from, texts: new Map() };
  let woken = Promise.withResolvers<void>();
  const hurry = new AbortController();
  const wake = (): void => {
    woken.resolve();
    // An error with its trace, which an abort makes of no reason, would cost more than the rest of this.
    if (run.hasEnded() || signal.aborted) hurry.abort('over');
  };
  const stop = run.watch(wake);
  signal.addEventListener('abort', wake, { once: true });
  try {
    while (!signal.aborted) {
      woken = Promise.withResolvers();
      // Taken together, so that what comes while the watcher reads keeps its order.
      const isWhole = run.hasEnded();
      const told = news(run, known, following.idOf);
      if (isWhole) return yield [...told, { type: 'end' }];
      if (told.length > 0) yield told;
      if (signal.aborted) return;
      await woken.promise;
      await clock.sleep(paceMs, hurry.signal);
    }
  } finally {
    stop();
    signal.removeEventListener('abort', wake);
  }
}

/** What a watcher has been told. */
interface Known {
  place: number;
  readonly texts: Map<SeatId, LiveText>;
}

/** What a watcher does not know: first what was written, for an event can be that it is whole. */
function news(run: LiveRun, known: Known, idOf: Following['idOf']): readonly Told[] {
  const texts = [...run.texts].flatMap(([seat, text]) => {
    const told = newText(seat, known.texts.get(seat), text);
    known.texts.set(seat, text);
    return told ?? [];
  });
  const begin = known.place;
  known.place = run.log.length;
  const events = run.log.slice(begin).flatMap((event, index): readonly Told[] => {
    return event ? [{ type: 'event', id: idOf(begin + index + 1), event }] : [];
  });
  return [...texts, ...events];
}

function newText(seat: SeatId, before: LiveText | undefined, text: LiveText): Told | undefined {
  const { turn } = text;
  const from = before?.turn === turn ? before.text.length : 0;
  if (before?.turn === turn && from === text.text.length) return undefined;
  return { type: 'text', seat, turn, from, text: text.text.slice(from) };
}
