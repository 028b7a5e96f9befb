import type { Attempt } from '../../../src/domain/attempt.ts';
import type { RunEvent } from '../../../src/domain/event.ts';

/** What was spent on one seat; null where nothing of it is known. */
export interface Usage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
}

/** What was spent on each seat after one more event. */
export function usageAfter(
  before: ReadonlyMap<string, Usage>,
  event: RunEvent,
): ReadonlyMap<string, Usage> {
  if (!('seat' in event && 'value' in event && 'tries' in event.value)) return before;
  const usage = addedTo(before.get(event.seat), event.value);
  return new Map(before).set(event.seat, usage);
}

/** What a failed attempt cost is told as well; its tokens are not told by their direction. */
function addedTo(before: Usage | undefined, attempt: Attempt): Usage {
  const answer = attempt.status === 'answered' ? attempt : undefined;
  return {
    inputTokens: sum(before?.inputTokens, answer?.usage?.inputTokens ?? null),
    outputTokens: sum(before?.outputTokens, answer?.usage?.outputTokens ?? null),
    costUsd: sum(before?.costUsd, attempt.spent?.costUsd ?? answer?.costUsd ?? null),
  };
}

/** What is spent on all seats together, as far as it is known. */
export function totalUsage(all: ReadonlyMap<string, Usage>): Usage {
  return [...all.values()].reduce(
    (total, each) => ({
      inputTokens: sum(total.inputTokens, each.inputTokens),
      outputTokens: sum(total.outputTokens, each.outputTokens),
      costUsd: sum(total.costUsd, each.costUsd),
    }),
    { inputTokens: null, outputTokens: null, costUsd: null } as Usage,
  );
}

function sum(a: number | null | undefined, b: number | null): number | null {
  return a === null || a === undefined ? b : a + (b ?? 0);
}
