import type { Attempt } from '../../../src/domain/attempt.ts';
import type { RunEvent } from '../../../src/domain/event.ts';
import { failureText } from '../../../src/report/failure-text.ts';

/** A stretch of time in which something was done for one seat. */
export interface Span {
  readonly seat: string;
  readonly kind: 'call' | 'wait';
  readonly outcome: 'open' | 'answered' | 'failed' | 'cancelled' | 'waited';
  readonly startMs: number;
  /** Null while it goes on. */
  readonly endMs: number | null;
  /** What it was, in a few words. */
  readonly label: string;
}

/** What a call was for, by the event that ends it. */
const purposes: Readonly<Record<string, string>> = {
  'attempt-ended': 'answer',
  'reattempt-ended': 'asked once more',
  'tests-ended': 'tests',
  'inputs-ended': 'separating inputs',
  'judgement-ended': 'judgement',
  'rejudgement-ended': 'judgement in the other order',
  'merge-ended': 'merged answer',
};

/** The stretches of time of a run after one more event. */
export function spansAfter(before: readonly Span[], event: RunEvent): readonly Span[] {
  if (event.type === 'run-ended') return before.map((span) => closed(span, event));
  if (!('seat' in event)) return before;
  const { seat, atMs } = event;
  if (event.type === 'attempt-started') return [...before, open(seat, atMs)];
  if (event.type === 'try-failed') {
    const { waitMs, failure } = event;
    const failed = ended(before, seat, {
      endMs: atMs,
      outcome: 'failed',
      label: failureText(failure),
    });
    const endMs = atMs + waitMs;
    const label = `waits ${Math.round(waitMs / 100) / 10} s to ask again`;
    const wait: Span = { seat, kind: 'wait', outcome: 'waited', startMs: atMs, endMs, label };
    return [...failed, wait, open(seat, endMs)];
  }
  if (!('value' in event && 'tries' in event.value)) return before;
  return afterAttempt(before, event.value, { atMs, purpose: purposes[event.type] ?? 'call' });
}

function afterAttempt(
  before: readonly Span[],
  attempt: Attempt,
  { atMs, purpose }: { readonly atMs: number; readonly purpose: string },
): readonly Span[] {
  const { seat, tries, durationMs, status } = attempt;
  if (tries === 0) return before;
  const failure = status === 'failed' ? `: ${failureText(attempt.failure)}` : '';
  const isCancelled = status === 'failed' && attempt.failure.kind === 'cancelled';
  const outcome = isCancelled ? 'cancelled' : status;
  const end = { endMs: atMs, outcome, label: `${purpose}${failure}` } as const;
  if (before.some((span) => span.seat === seat && span.endMs === null))
    return ended(before, seat, end);
  // Of a run that was followed from its history, only the end of an attempt is known.
  const label = tries > 1 ? `${end.label} (${tries} requests)` : end.label;
  return [...before, { ...open(seat, atMs - durationMs), ...end, label }];
}

function open(seat: string, startMs: number): Span {
  return { seat, kind: 'call', outcome: 'open', startMs, endMs: null, label: 'goes on' };
}

function ended(
  spans: readonly Span[],
  seat: string,
  end: Pick<Span, 'endMs' | 'outcome' | 'label'>,
): readonly Span[] {
  const at = spans.findLastIndex((span) => span.seat === seat && span.endMs === null);
  return spans.map((span, index) => {
    if (index !== at) return span;
    // A request that was to follow a wait may be given up before it.
    return { ...span, ...end, startMs: Math.min(span.startMs, end.endMs ?? span.startMs) };
  });
}

/** What has not ended when the run has will not end any more. */
function closed(span: Span, { atMs, status }: Extract<RunEvent, { type: 'run-ended' }>): Span {
  if (span.endMs !== null) return span;
  const outcome = status === 'cancelled' ? 'cancelled' : 'failed';
  return { ...span, endMs: atMs, outcome, label: 'ended with the run' };
}
