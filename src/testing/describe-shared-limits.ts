import { OrchestratorError } from '../domain/mistake.ts';
import type { SharedLimits, SharedLimitsTools } from '../domain/shared-limits.ts';
import type { DescribeHistoryOptions } from './describe-history.ts';
import { type SharedLimitsCase, sharedLimitsCases } from './shared-limits-cases.ts';

/** A place that is empty at first, and that any number of processes can share. */
export interface SharedLimitsPlace extends AsyncDisposable {
  open(tools: SharedLimitsTools): Promise<SharedLimits>;
}

/** When the time of a case begins, in milliseconds since the epoch. */
const startMs = 1_000_000;

/**
 * Registers the cases that all shared limits must pass; `make` makes an empty place for each. Throws `bad-usage`
 * when there is no `describe` and `test` to register with.
 */
export function describeSharedLimits(
  name: string,
  make: () => Promise<SharedLimitsPlace>,
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
  describe(`shared limits ${name}`, () => {
    for (const each of sharedLimitsCases) {
      test(each.title, async () => checkIn(await make(), each));
    }
  });
}

async function checkIn(place: SharedLimitsPlace, { check }: SharedLimitsCase): Promise<void> {
  const gone = new Set<string>();
  const opened: SharedLimits[] = [];
  let nowMs = startMs;
  try {
    await check({
      pass: (ms) => {
        nowMs += ms;
      },
      kill: (holder) => gone.add(holder),
      open: async (holder) => {
        const isGone = (each: string): boolean => gone.has(each);
        const limits = await place.open({ now: () => nowMs, holder, isGone });
        opened.push(limits);
        return limits;
      },
    });
  } finally {
    for (const limits of opened) await limits.close();
    await place[Symbol.asyncDispose]();
  }
}
