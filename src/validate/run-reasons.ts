import type { DecisionRule } from '../domain/decision.ts';
import type { SeatId } from '../domain/plan.ts';
import { shortened } from '../domain/show-seen.ts';
import type { ReviewCode, ReviewReason } from '../domain/validation.ts';
import type { Evidence } from './validate.ts';

/** The reasons to look that running the answers gave, each with what was seen. */
export function runReasons(evidence: Evidence): readonly ReviewReason[] {
  return [
    ...contradicted(evidence),
    ...noSandbox(evidence),
    ...noDiscriminatingTest(evidence),
    ...neverRun(evidence),
    ...behaviourSplit(evidence),
    ...judgeOrderFlip(evidence),
    ...selfReported(evidence),
    ...mergeDropped(evidence),
  ];
}

function contradicted({ decision, verdicts }: Evidence): readonly ReviewReason[] {
  const { verification, chosen } = decision;
  const verdict = verdicts.find(({ seat }) => seat === chosen);
  // A failed check is told with its own message.
  if (verification.status !== 'contradicted' || verdict?.status === 'failed') return [];
  return reason('checks_failed', `The chosen answer: ${lower(verification.because)}`, {
    seats: seatsOf(chosen),
    witness: verification.because,
  });
}

function noSandbox({ decision, observed }: Evidence): readonly ReviewReason[] {
  const row = observed.find(({ seat }) => seat === decision.chosen);
  if (row?.status !== 'not-run' || row.remedy === null) return [];
  return reason('no_sandbox', `The answer was not run: ${row.because}. ${row.remedy}`, {
    seats: seatsOf(row.seat),
    witness: row.because,
  });
}

/** What decides where nothing that was run tells two behaviours apart. */
const tieBreaks: ReadonlySet<DecisionRule> = new Set(['strength', 'size', 'program']);

/** With fewer inputs than this that bring a value, that two answers are alike says nothing. */
const valuesMinCount = 3;

/** One that nobody else's answer agrees with and no test speaks for, or one of two that nothing tells apart. */
function noDiscriminatingTest({ decision, suite, observed }: Evidence): readonly ReviewReason[] {
  const { chosen, selection, verification, rule } = decision;
  const row = observed.find(({ seat }) => seat === chosen);
  if (row?.status !== 'ran' || verification.status === 'verified') return [];
  const behaviour = selection?.behaviours.find(({ members }) =>
    members.some((id) => id === chosen),
  );
  // Two answers that fail alike agree on nothing.
  const returned = row.rows.filter(({ kind }) => kind === 'returned').length;
  const isAlike =
    (behaviour?.families ?? 0) > 1 && returned >= Math.min(valuesMinCount, row.rows.length);
  const isAlone = verification.status === 'unverified' && !isAlike;
  if (!isAlone && !tieBreaks.has(rule)) return [];
  const message = isAlone
    ? 'No test says what the right results are, and no other model agrees with the answer'
    : 'No test tells which of the answers that behave differently is right';
  const inputs = suite.tests.length;
  return reason('no_discriminating_test', message, {
    seats: seatsOf(chosen),
    witness: `${inputs} inputs without a result that decides`,
  });
}

/** Answers that differ, of which none could be run, and of which nobody who reviewed one accepted it. */
function neverRun(evidence: Evidence): readonly ReviewReason[] {
  const { decision, candidates, verdicts, observed, reviews } = evidence;
  const row = observed.find(({ seat }) => seat === decision.chosen);
  if (row?.status !== 'not-run' || row.remedy !== null || isAccepted(reviews)) return [];
  const coded = candidates.filter(({ status }) => status === 'code').map(({ seat }) => seat);
  const programs = verdicts.filter(({ seat }) => coded.includes(seat));
  const different = new Set(programs.map(({ tokens }) => tokens?.join('\n')));
  if (!coded.includes(row.seat) || different.size < 2) return [];
  return reason(
    'no_discriminating_test',
    `The answers differ, and none of them was run: ${row.because}`,
    { seats: coded, witness: row.because },
  );
}

function isAccepted(reviews: Evidence['reviews']): boolean {
  return reviews.some((review) => review.status === 'reviewed' && review.verdict === 'accept');
}

/** Two behaviours that only votes tell apart; an improper input that somebody made up is no witness. */
function behaviourSplit({ settlement, suite }: Evidence): readonly ReviewReason[] {
  if (!settlement?.isClose || settlement.judgement.status === 'decided') return [];
  const origin = suite.tests.find(({ id }) => id === settlement.test)?.origin;
  const isOpen = settlement.judgement.status === 'open' || !settlement.bothReturn;
  if (origin === 'generated' && isOpen) return [];
  const [one, other] = settlement.sides;
  const witness = `${shortened(settlement.input)} gives ${one.outcome}, or ${other.outcome}`;
  return reason('behaviour_split', `Answers behave differently: ${witness}`, {
    seats: [...one.seats, ...other.seats],
    witness,
  });
}

function judgeOrderFlip({ settlement }: Evidence): readonly ReviewReason[] {
  if (settlement?.judgement.status !== 'flipped') return [];
  return reason(
    'judge_order_flip',
    'The judge named the other result when the order of the two was turned round',
    { seats: seatsOf(settlement.judgement.judge), witness: shortened(settlement.input) },
  );
}

function selfReported({ decision }: Evidence): readonly ReviewReason[] {
  const { verification, chosen } = decision;
  if (verification.status !== 'self-reported') return [];
  return reason('tests_only_self_reported', verification.because, {
    seats: seatsOf(chosen),
    witness: verification.because,
  });
}

function mergeDropped({ merge }: Evidence): readonly ReviewReason[] {
  if (!merge?.isWorse) return [];
  return reason('merge_dropped', `A merged answer was dropped: ${merge.because}`, {
    seats: seatsOf(merge.author),
    witness: merge.because,
  });
}

function reason(
  code: ReviewCode,
  message: string,
  rest: Pick<ReviewReason, 'seats' | 'witness'>,
): readonly ReviewReason[] {
  return [{ code, message, ...rest }];
}

function seatsOf(seat: SeatId | null): readonly SeatId[] {
  return seat === null ? [] : [seat];
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
