import type { Candidate } from '../domain/candidate.ts';
import type { Decision } from '../domain/decision.ts';
import type { Merge } from '../domain/merge.ts';
import type { Mode } from '../domain/mode.ts';
import type { Observed } from '../domain/observed.ts';
import type { Seat, SeatId } from '../domain/plan.ts';
import type { Settlement } from '../domain/settlement.ts';
import type { Suite } from '../domain/suite.ts';
import type { Verdict } from '../domain/verdict.ts';
import { type Choice, chooseByRunning } from './choose-by-running.ts';
import { chooseByText } from './choose-by-text.ts';
import { entryOf } from './entry.ts';
import { synthesize } from './synthesize.ts';
import { verificationOf } from './verification.ts';

/** What a decision is made of: one candidate and one verdict for each primary seat, in the order of the plan. */
export interface DecideInput {
  readonly mode: Mode;
  readonly candidates: readonly Candidate[];
  readonly verdicts: readonly Verdict[];
  /** The runners' names, for the explanation; a seat without one goes by its id. */
  readonly names?: ReadonlyMap<SeatId, string> | undefined;
  /** What running the candidates brought; left out where nothing was to be run. */
  readonly trial?: Trial | undefined;
}

/** What running the candidates brought. */
export interface Trial {
  /** The primaries, with their families and strengths. */
  readonly seats: readonly Seat[];
  readonly suite: Suite;
  /** One row for each primary seat. */
  readonly observed: readonly Observed[];
  /** The two leading behaviours and what a judge says of them; null where one leads. */
  readonly settlement: Settlement | null;
  /** A merged answer, taken or dropped; null where none was written. */
  readonly merge: Merge | null;
}

/**
 * Chooses one candidate. Where candidates were run, by what they did: the person's checks, then the tests that
 * the person and the task show, then their behaviour, and between two behaviours that nothing else tells apart
 * by the judge's word. Where none was run, by what the answers have in common, which says nothing about
 * whether the code is right.
 */
export function decide(input: DecideInput): Decision {
  const { candidates, trial, mode } = input;
  const nameOf = displayNames(input);
  const entries = candidates.map((row) => entryOf(row, input.verdicts));
  const choice = chooseByRunning(entries, trial, nameOf) ?? chooseByText(entries, { nameOf, mode });
  const merge = trial?.merge?.taken ? trial.merge : undefined;
  const answer = merge ?? answerOf(candidates.find(({ seat }) => seat === choice.chosen));
  return {
    ...choice,
    ...(merge && { chosen: merge.author, rule: 'merged' }),
    files: answer.files,
    prose: answer.prose,
    explanation: merged(choice, trial?.merge),
    verification: verificationOf({
      verdict: merge?.verdict ?? input.verdicts.find(({ seat }) => seat === choice.chosen),
      observed: merge?.observed ?? trial?.observed.find(({ seat }) => seat === choice.chosen),
      suite: trial?.suite ?? null,
    }),
    synthesis: mode === 'architectural' ? synthesize(candidates) : null,
  };
}

function answerOf(candidate: Candidate | undefined): Pick<Decision, 'files' | 'prose'> {
  const files = candidate?.status === 'code' ? candidate.files : [];
  return {
    files,
    prose: candidate === undefined || candidate.status === 'none' ? '' : candidate.prose,
  };
}

function merged({ explanation }: Choice, merge: Merge | null | undefined): string {
  if (!merge) return explanation;
  return `${explanation} A merged answer was written and ${merge.taken ? 'taken' : 'dropped'}: ${merge.because}.`;
}

/** The runner's name, with the seat where one runner has two. */
function displayNames({ candidates, names }: DecideInput): (seat: SeatId) => string {
  const all = candidates.map(({ seat }) => names?.get(seat) ?? seat);
  return (seat) => {
    const name = names?.get(seat) ?? seat;
    const isShared = all.filter((other) => other === name).length > 1;
    return isShared ? `${name} (${seat})` : name;
  };
}
