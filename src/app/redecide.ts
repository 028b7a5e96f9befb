import { decide } from '../decide/decide.ts';
import type { Decision } from '../domain/decision.ts';
import type { SeatId } from '../domain/plan.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { extract } from '../extract/extract.ts';
import { namesOf } from '../run/names-of.ts';

/** What a decision comes to, in short. */
export interface Choice {
  /** The runner whose answer was chosen; null when there is none. */
  readonly chosen: string | null;
  /** Its seat, which tells several answers of one model apart. */
  readonly seat: SeatId | null;
  readonly rule: string;
}

/** One run, decided again. */
export interface Redecided {
  readonly id: string;
  readonly before: Choice;
  readonly after: Choice;
  /** Whether another answer, another rule or other files come out. */
  readonly changed: boolean;
}

/**
 * Decides a finished run again from the answers, verdicts and behaviours that were kept, by the rules of this
 * version; asks no model and runs no candidate.
 */
export function redecide(record: RunRecord): Redecided {
  const { plan, suite, observed, settlement, merge, verdicts, decision } = record;
  const seats = plan.seats.filter(({ role }) => role === 'primary');
  const after = decide({
    mode: plan.route.mode,
    candidates: record.attempts.slice(0, seats.length).map(extract),
    verdicts,
    names: namesOf(plan),
    trial: suite === null ? undefined : { seats, suite, observed, settlement, merge },
  });
  const choiceOf = ({ chosen, rule }: Decision): Choice => ({
    chosen: plan.seats.find(({ id }) => id === chosen)?.runner ?? null,
    seat: chosen,
    rule,
  });
  return {
    id: record.id,
    before: choiceOf(decision),
    after: choiceOf(after),
    changed: outcome(after) !== outcome(decision),
  };
}

function outcome({ chosen, rule, files, prose }: Decision): string {
  return JSON.stringify([chosen, rule, files, prose]);
}
