import type { Attempt } from '../domain/attempt.ts';
import { type Credit, roundedMs } from '../domain/credit.ts';
import type { OnceValues, SeatValues, StoredEvent } from '../domain/event.ts';
import type { Plan, Seat, SeatId } from '../domain/plan.ts';
import { type Comparison, compareAnswers, uncompared } from './compare-answers.ts';
import { type Proof, proofOf } from './proof-of.ts';
import { saysOfModel } from './says-of-model.ts';

/**
 * Tells what each primary seat of a run that ended says of its model; nothing for a run without plan or end. What
 * running an answer showed goes before who was chosen: two answers that are right both win.
 */
export function creditsOf(events: readonly StoredEvent[]): readonly Credit[] {
  const plan = once(events, 'plan-made');
  const status = events.find((event) => event.type === 'run-ended')?.status;
  if (!plan || status === undefined) return [];
  const run = readRun(events, plan, status === 'cancelled');
  return plan.seats
    .filter(({ role }) => role === 'primary')
    .map((seat) => creditOf(seat, plan.route.category, run));
}

interface Run {
  readonly attempts: ReadonlyMap<SeatId, Attempt>;
  /** Empty where nothing could be compared. */
  readonly comparisons: ReadonlyMap<SeatId, Comparison>;
  /** Of the first answer of each runner: several of one model are no further evidence. */
  readonly proofs: ReadonlyMap<SeatId, Proof>;
}

function readRun(events: readonly StoredEvent[], plan: Plan, isCancelled: boolean): Run {
  const attempts = byRow(events, 'attempt-ended');
  const verdicts = byRow(events, 'verdict-given');
  const observed = byRow(events, 'candidate-observed');
  const suite = once(events, 'suite-made') ?? null;
  const decision = once(events, 'decision-made');
  const counted = plan.seats.filter(
    ({ id, role, sample = 1 }) =>
      role === 'primary' && sample === 1 && attempts.get(id)?.status === 'answered',
  );
  const isFair = decision !== undefined && !isCancelled && plan.route.mode !== 'architectural';
  return {
    attempts,
    comparisons: isFair ? compareAnswers(counted, decision) : new Map(),
    proofs: new Map(
      counted.map(({ id }) => {
        const facts = { verdict: verdicts.get(id), observed: observed.get(id), suite };
        return [id, proofOf(facts)];
      }),
    ),
  };
}

function creditOf({ id, runner }: Seat, category: string, run: Run): Credit {
  const attempt = run.attempts.get(id);
  const base = { seat: id, runner, category, ...unanswered };
  if (attempt?.status === 'answered') {
    const { model, costUsd, usage } = attempt;
    const { inputTokens = null, outputTokens = null } = usage ?? {};
    const isCounted = inputTokens !== null && outputTokens !== null;
    return {
      ...base,
      ...judged(run.proofs.get(id) ?? 'unknown', run.comparisons.get(id) ?? uncompared),
      model,
      durationMs: roundedMs(attempt.durationMs),
      costUsd,
      tokens: isCounted ? inputTokens + outputTokens : null,
    };
  }
  if (!attempt || !saysOfModel(attempt.failure.kind)) return { ...base, result: 'unasked' };
  return { ...base, result: 'failed', failure: attempt.failure.kind };
}

const unanswered = {
  model: null,
  basis: null,
  failure: null,
  durationMs: null,
  costUsd: null,
  tokens: null,
} as const;

function judged(proof: Proof, comparison: Comparison): Comparison {
  if (proof === 'unknown') return comparison;
  return { result: proof === 'right' ? 'won' : 'lost', basis: 'verified' };
}

function once<T extends keyof OnceValues>(
  events: readonly StoredEvent[],
  type: T,
): OnceValues[T] | undefined {
  const event = events.find((each) => each.type === type);
  // The type of an event decides the type of its value.
  return event && 'value' in event ? (event.value as OnceValues[T]) : undefined;
}

function byRow<T extends keyof SeatValues>(
  events: readonly StoredEvent[],
  type: T,
): ReadonlyMap<SeatId, SeatValues[T]> {
  return new Map(
    events.flatMap((event) =>
      event.type === type && 'seat' in event
        ? [[event.seat, event.value as SeatValues[T]] as const]
        : [],
    ),
  );
}
