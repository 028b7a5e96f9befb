import type { DecisionRule } from '../domain/decision.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Selection } from '../domain/selection.ts';
import { shortened } from '../domain/show-seen.ts';
import type { Origin } from '../domain/test-case.ts';
import type { Trial } from './decide.ts';
import type { Entry } from './entry.ts';

/** A choice by running, with what it rests on. */
export interface Explained {
  readonly selection: Selection;
  readonly trial: Trial;
  readonly chosen: SeatId | null;
  readonly rule: DecisionRule;
  readonly entries: readonly Entry[];
}

type NameOf = (seat: SeatId) => string;

/** Says in a few sentences what was run, how the candidates behave, where they part, and why this one was chosen. */
export function explainSelection(explained: Explained, nameOf: NameOf): string {
  return [
    whatRan(explained),
    behaviours(explained, nameOf),
    parting(explained, nameOf),
    choice(explained, nameOf),
    leftOut(explained, nameOf),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function whatRan({ trial }: Explained): string {
  const ran = trial.observed.flatMap((row) => (row.status === 'ran' ? [row.sandbox] : []));
  const [sandbox] = ran;
  if (!sandbox) return '';
  const counts = (Object.keys(nouns) as Origin[]).flatMap((origin) => {
    const count = trial.suite.tests.filter((test) => test.origin === origin).length;
    return count === 0 ? [] : [numbered(count, nouns[origin])];
  });
  return `Ran ${numbered(ran.length, ['answer', 'answers'])} on ${listed(counts)} in the sandbox "${sandbox.level}" (${sandbox.mechanism}).`;
}

const nouns: Readonly<Record<Origin, readonly [string, string]>> = {
  user: ['test of yours', 'tests of yours'],
  example: ['example of the task', 'examples of the task'],
  validator: ['test that a model wrote', 'tests that models wrote'],
  generated: ['generated input', 'generated inputs'],
  separating: ['input that separates them', 'inputs that separate them'],
};

function behaviours({ selection }: Explained, nameOf: NameOf): string {
  const groups = selection.behaviours.map(({ members }) => listed(members.map(nameOf)));
  const [first, ...others] = groups;
  if (first === undefined) return '';
  const inGroup = (names: string, index: number): string => `(${index + 1}) ${names}`;
  if (others.length > 0)
    return `They behave in ${groups.length} ways: ${groups.map(inGroup).join(', ')}.`;
  const count = selection.behaviours[0]?.members.length ?? 0;
  return count > 1 ? `${first} behave alike on everything that was tried.` : '';
}

function parting({ trial: { settlement } }: Explained, nameOf: NameOf): string {
  if (!settlement) return '';
  const [one, other] = settlement.sides.map(
    ({ seats, outcome }) => `${outcome} (${listed(seats.map(nameOf))})`,
  );
  return `They part where ${shortened(settlement.input)} gives ${one}, or ${other}.`;
}

function choice({ selection, chosen, rule, trial }: Explained, nameOf: NameOf): string {
  if (chosen === null) return '';
  const because = reasons[rule];
  const judgement = trial.settlement?.judgement;
  if (rule === 'judged' && judgement?.status === 'decided') {
    const why = judgement.why === '' ? '' : `: ${judgement.why.replace(/\.+$/, '')}`;
    return `${nameOf(chosen)} was chosen because ${nameOf(judgement.judge)}, which did not see who wrote what, named its result as the one that the task demands${why}.`;
  }
  const next =
    selection.margin < 1 && rule === 'score'
      ? `; the next behaviour has ${(100 * (1 - selection.margin)).toFixed(0)} % of its score`
      : '';
  return `${nameOf(chosen)} was chosen because ${because}${next}.`;
}

const reasons: Readonly<Record<DecisionRule, string>> = {
  none: '',
  'only-one': 'it is the only answer with code',
  'only-one-parsed': 'its code is the only one that parses',
  agreement: 'it agrees most with the others',
  preference: 'it comes first in the order of preference',
  'one-behaviour': 'it is the simplest of those that behave alike',
  checks: 'it passes more checks than the others',
  'user-tests': 'it meets more of your tests than the others',
  examples: 'it meets more examples of the task than the others',
  score: 'the tests and the other answers speak for what it does',
  strength:
    'nothing that was run tells which behaviour is right, and its model is the stronger one',
  size: 'nothing that was run tells which behaviour is right, and it is the shortest',
  program: 'nothing tells the leading answers apart',
  judged: 'a judge named its result',
  merged: 'it is merged from the others',
};

function leftOut({ entries, trial }: Explained, nameOf: NameOf): string {
  const out = entries.flatMap(({ candidate }) => {
    const row = trial.observed.find(({ seat }) => seat === candidate.seat);
    if (row?.status === 'ran') return [];
    const because =
      candidate.status === 'none' ? `brought no answer (${candidate.because})` : row?.because;
    return [`${nameOf(candidate.seat)}: ${because ?? 'not reached'}`];
  });
  return out.length === 0 ? '' : `Not run: ${out.join('; ')}.`;
}

function numbered(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
