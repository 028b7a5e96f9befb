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
  const attempt = event.value;
  if (attempt.status === 'failed') return before;
  const spent = before.get(event.seat);
  const { inputTokens = null, outputTokens = null } = attempt.usage ?? {};
  const usage: Usage = {
    inputTokens: sum(spent?.inputTokens, inputTokens),
    outputTokens: sum(spent?.outputTokens, outputTokens),
    costUsd: sum(spent?.costUsd, attempt.costUsd),
  };
  return new Map(before).set(event.seat, usage);
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
