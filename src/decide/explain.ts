import type { Decision } from '../domain/decision.ts';
import { faultOf } from '../domain/gate.ts';
import type { Mode } from '../domain/mode.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Check } from '../domain/verdict.ts';
import { type Entry, equalGroups, type Standing } from './entry.ts';

/** A decision's reasons, as data. */
export interface Comparison {
  readonly entries: readonly Entry[];
  /** The candidates of the best standing. */
  readonly eligible: readonly Entry[];
  readonly agreements: ReadonlyMap<SeatId, number | null>;
  /** The eligible ones with the highest agreement. */
  readonly leaders: readonly Entry[];
  readonly chosen: Entry | null;
  readonly rule: Decision['rule'];
}

type NameOf = (seat: SeatId) => string;

/** Says in plain words what was compared, with which figures, and why this candidate was chosen. */
export function explain(comparison: Comparison, nameOf: NameOf, mode: Mode): string {
  const { chosen } = comparison;
  const sentences =
    chosen === null
      ? ['No model brought an answer.', leftOut(comparison, nameOf)]
      : [
          figures(comparison, nameOf),
          equals(comparison, nameOf),
          choice(chosen, comparison, nameOf),
          leftOut(comparison, nameOf),
          caveat(chosen.standing, comparison),
          mode === 'architectural' ? perspectives : '',
        ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** One sentence on how one candidate fared. */
export function reasonFor(entry: Entry, comparison: Comparison): string {
  if (!comparison.eligible.includes(entry)) return `${capitalize(shortcoming(entry))}.`;
  const agreement = comparison.agreements.get(entry.candidate.seat) ?? null;
  const state = stateOf[entry.standing];
  if (agreement === null) return `${capitalize(state)}; no other candidate does as well.`;
  return `${capitalize(state)}; ${percent(agreement)} agreement with the others.`;
}

const perspectives =
  'Every perspective is in the outputs; the synthesis says where they agree and contradict, and what only one saw.';

/** What is true of all candidates of a standing. */
const stateOf: Readonly<Record<Standing, string>> = {
  parses: 'its code parses',
  unchecked: 'its code could not be checked',
  broken: 'its code does not parse',
  prose: 'brings prose without code',
  none: 'brings no answer',
};

function figures({ eligible, agreements, entries }: Comparison, nameOf: NameOf): string {
  if (eligible.length < 2) return '';
  const what =
    eligible[0]?.standing === 'prose'
      ? 'the words of their answers'
      : 'their code, leaving out layout, comments and the names of locals';
  const list = eligible.map(({ candidate: { seat } }) => {
    return `${nameOf(seat)} ${percent(agreements.get(seat) ?? 0)}`;
  });
  const count = `${eligible.length} of ${entries.length} candidates`;
  return `Compared ${count} by ${what}; mean agreement with the others: ${list.join(', ')}.`;
}

function equals({ eligible }: Comparison, nameOf: NameOf): string {
  return equalGroups(eligible)
    .map((group) => `${namesOf(group, nameOf)} are the same in all that was compared.`)
    .join(' ');
}

function choice(chosen: Entry, comparison: Comparison, nameOf: NameOf): string {
  const name = nameOf(chosen.candidate.seat);
  const { leaders, rule, eligible } = comparison;
  if (rule === 'agreement') return `${name} was chosen because it agrees most with the others.`;
  if (rule === 'preference') {
    const tie =
      eligible.length === 2
        ? 'the agreement of two is mutual and cannot tell them apart'
        : `${namesOf(leaders, nameOf)} agree equally`;
    return `${name} was chosen because ${tie}, and it comes first in the order of preference.`;
  }
  return `${name} was chosen because ${onlyOne(chosen.standing, comparison)}.`;
}

function onlyOne(standing: Standing, { entries }: Comparison): string {
  const others = entries.filter((entry) => entry.standing !== 'none').length - 1;
  if (entries.length === 1) return 'it was the only one asked';
  if (others === 0) return 'no other model brought an answer';
  const only: Readonly<Record<Standing, string>> = {
    parses: 'its code is the only one known to parse',
    unchecked: 'its code is the only one not known to be broken',
    broken: 'it is the only one with code',
    prose: 'no other model brought an answer',
    none: '',
  };
  return only[standing];
}

function leftOut({ entries, eligible }: Comparison, nameOf: NameOf): string {
  const out = entries
    .filter((entry) => !eligible.includes(entry))
    .map((entry) => `${nameOf(entry.candidate.seat)} ${shortcoming(entry)}`);
  return out.length === 0 ? '' : `Not compared: ${out.join('; ')}.`;
}

/** Why a candidate was not compared, to follow its name. */
function shortcoming({ candidate, standing, verdict }: Entry): string {
  if (candidate.status === 'none') return `brought no answer (${candidate.because})`;
  if (standing === 'prose') return 'brought prose without code';
  const checks = verdict?.checks ?? [];
  if (standing === 'broken') {
    const parses = !checks.some(
      ({ checker, outcome }) => checker === 'syntax' && outcome.status === 'failed',
    );
    return `${parses ? 'fails a check' : 'does not parse'} (${firstFailure(checks)})`;
  }
  return `could not be checked (${firstObstacle(checks)})`;
}

function firstFailure(checks: readonly Check[]): string {
  for (const { file, outcome } of checks) {
    const fault = faultOf(outcome);
    if (fault === undefined) continue;
    const line = fault.line === null ? null : `line ${fault.line}`;
    const place = [file, line].filter((part) => part !== null).join(', ');
    return `${place === '' ? '' : `${place}: `}${fault.message}`;
  }
  return 'a check failed';
}

function firstObstacle(checks: readonly Check[]): string {
  for (const { outcome } of checks) if (outcome.status === 'not-run') return outcome.because;
  return 'there is no check for it';
}

function caveat(standing: Standing, { eligible }: Comparison): string {
  if (standing === 'prose') return 'Prose is compared by its words alone, not by its sense.';
  const state = {
    parses: 'The code was parsed but not run',
    unchecked: 'The code was neither parsed nor run',
    broken: 'The code does not parse and was not run',
    none: '',
  }[standing];
  return eligible.length > 1 ? `${state}: agreement is no proof that it is right.` : `${state}.`;
}

function namesOf(entries: readonly Entry[], nameOf: NameOf): string {
  const names = entries.map(({ candidate }) => nameOf(candidate.seat));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
