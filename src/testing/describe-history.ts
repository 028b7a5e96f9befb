import type { HistoryStore, HistoryTools } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { type HistoryCase, startMs } from './history-case.ts';
import { historyCases } from './history-cases.ts';

/** A place for runs that is empty at first, and that any number of stores can be opened on. */
export interface HistoryPlace extends AsyncDisposable {
  open(tools: HistoryTools): Promise<HistoryStore>;
}

/** Where the suite registers its cases: those of Vitest, of `node:test` or of the like; the global ones when left out. */
export interface DescribeHistoryOptions {
  readonly describe?: ((title: string, body: () => void) => unknown) | undefined;
  readonly test?: ((title: string, body: () => Promise<void>) => unknown) | undefined;
}

/**
 * Registers the cases that every history must pass; `make` makes an empty place for each. Throws `bad-usage`
 * when there is no `describe` and `test` to register with.
 */
export function describeHistory(
  name: string,
  make: () => Promise<HistoryPlace>,
  options: DescribeHistoryOptions = {},
): void {
  // What a test runner puts on the global object has no type here.
  const globals = globalThis as DescribeHistoryOptions;
  const { describe = globals.describe, test = globals.test } = options;
  if (!describe || !test) {
    throw new OrchestratorError(
      'bad-usage',
      `Cannot register the cases of "${name}": there is no global describe and test; those of Vitest or node:test are wanted in the options`,
    );
  }
  describe(`history ${name}`, () => {
    for (const each of historyCases) test(each.title, async () => checkIn(await make(), each));
  });
}

async function checkIn(place: HistoryPlace, { check }: HistoryCase): Promise<void> {
  const gone = new Set<string>();
  const stores: HistoryStore[] = [];
  let nowMs = startMs;
  try {
    await check({
      pass: (ms) => {
        nowMs += ms;
      },
      kill: (holder) => gone.add(holder),
      open: async (holder) => {
        const isGone = (each: string): boolean => gone.has(each);
        const store = await place.open({ now: () => nowMs, holder, isGone });
        stores.push(store);
        return store;
      },
    });
  } finally {
    for (const store of stores) await store.close();
    await place[Symbol.asyncDispose]();
  }
}
