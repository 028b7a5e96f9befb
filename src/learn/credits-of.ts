import type { Attempt } from '../domain/attempt.ts';
import { type Credit, roundedMs } from '../domain/credit.ts';
import type { StoredEvent } from '../domain/event.ts';
import { onceValue, seatValues } from '../domain/event-values.ts';
import type { Plan, Seat, SeatId } from '../domain/plan.ts';
import { type Comparison, compareAnswers, uncompared } from './compare-answers.ts';
import { isToldApart } from './is-told-apart.ts';
import { type Proof, proofOf } from './proof-of.ts';
import { saysOfModel } from './says-of-model.ts';

/**
 * Tells what each primary seat of a run that ended says of its model; nothing for a run without plan or end. What
 * running an answer showed goes before who was chosen: two answers that meet all that was demanded both win, unless
 * further evidence tells one of them from the chosen one.
 */
export function creditsOf(events: readonly StoredEvent[]): readonly Credit[] {
  const plan = onceValue(events, 'plan-made');
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
  /** Those that evidence tells from the chosen answer. */
  readonly toldApart: ReadonlySet<SeatId>;
}

function readRun(events: readonly StoredEvent[], plan: Plan, isCancelled: boolean): Run {
  const attempts = seatValues(events, 'attempt-ended');
  const verdicts = seatValues(events, 'verdict-given');
  const observed = seatValues(events, 'candidate-observed');
  const suite = onceValue(events, 'suite-made') ?? null;
  const settlement = onceValue(events, 'settlement-made') ?? null;
  const decision = onceValue(events, 'decision-made');
  const counted = plan.seats.filter(
    ({ id, role, sample = 1 }) =>
      role === 'primary' && sample === 1 && attempts.get(id)?.status === 'answered',
  );
  const isFair = !isCancelled && plan.route.mode !== 'architectural';
  const fair = isFair && decision?.rule !== 'merged' ? decision : undefined;
  const apart = counted.filter(
    ({ id }) => fair && isToldApart(id, { decision: fair, observed, suite, settlement }),
  );
  return {
    attempts,
    comparisons: fair ? compareAnswers(counted, fair) : new Map(),
    toldApart: new Set(apart.map(({ id }) => id)),
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
      ...judged(id, run),
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

function judged(id: SeatId, { comparisons, proofs, toldApart }: Run): Comparison {
  const proof = proofs.get(id);
  if (proof === 'wrong') return { result: 'lost', basis: 'verified' };
  if (proof !== 'right') return comparisons.get(id) ?? uncompared;
  return toldApart.has(id)
    ? { result: 'lost', basis: 'tests' }
    : { result: 'won', basis: 'verified' };
}
