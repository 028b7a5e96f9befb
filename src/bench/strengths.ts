import { select } from '../decide/select.ts';
import type { StrengthOf } from './choose.ts';
import type { ExaminedPanel } from './examine-task.ts';

/** Where strengths come from: nowhere, from the person, or from the other tasks of the pool. */
export type Prior =
  | { readonly kind: 'none' }
  | { readonly kind: 'given'; readonly strengths: Readonly<Record<string, number>> }
  /** From which answers are right on the other tasks. */
  | { readonly kind: 'learned' }
  /** From whose behaviour is chosen on the other tasks without a prior, whether it is right or not. */
  | { readonly kind: 'visible' };

/**
 * Gives the strengths of models, for each task its own: a learned one is the share of right answers, or of
 * chosen behaviours, on all other tasks, so that no task tells of itself. A model that was seldom seen is drawn to
 * the mean of all, as by a beta prior that is worth `pseudoAnswers`.
 */
export function strengthsFor(
  prior: Prior,
  panels: readonly ExaminedPanel[],
): (taskId: string) => StrengthOf {
  if (prior.kind === 'none') return () => () => null;
  if (prior.kind === 'given') {
    const known = new Map(Object.entries(prior.strengths));
    return () => (model) => known.get(model) ?? null;
  }
  const all = new Map<string, Tally>();
  const byTask = new Map<string, Map<string, Tally>>();
  for (const panel of panels) {
    const own = byTask.get(panel.task.id) ?? new Map<string, Tally>();
    byTask.set(panel.task.id, own);
    const answers = prior.kind === 'learned' ? answersOf(panel) : chosenIn(panel);
    for (const [model, isRight] of answers) {
      count(all, model, isRight);
      count(own, model, isRight);
    }
  }
  const mean = meanOf([...all.values()]);
  return (taskId) => (model) => {
    const whole = all.get(model) ?? none;
    const own = byTask.get(taskId)?.get(model) ?? none;
    const [right, answers] = [whole.right - own.right, whole.answers - own.answers];
    return (right + pseudoAnswers * mean) / (answers + pseudoAnswers);
  };
}

const pseudoAnswers = 10;

function meanOf(tallies: readonly Tally[]): number {
  const right = tallies.reduce((sum, tally) => sum + tally.right, 0);
  const answers = tallies.reduce((sum, tally) => sum + tally.answers, 0);
  return (right + 1) / (answers + 2);
}

interface Tally {
  readonly right: number;
  readonly answers: number;
}

const none: Tally = { right: 0, answers: 0 };

function count(tallies: Map<string, Tally>, model: string, isRight: boolean): void {
  const { right, answers } = tallies.get(model) ?? none;
  tallies.set(model, { right: right + (isRight ? 1 : 0), answers: answers + 1 });
}

/** Every answer of a panel, with its model and whether it does what the answer does that is chosen without a prior. */
function chosenIn({
  matrix,
  models,
  without,
}: ExaminedPanel): readonly (readonly [string, boolean])[] {
  const { behaviours } = select(matrix);
  const lead = new Set(behaviours[0]?.members);
  return [
    ...models.map((model, index) => {
      return [model, lead.has(matrix.candidates[index]?.id ?? '')] as const;
    }),
    ...without.map((model) => [model, false] as const),
  ];
}

/** Every answer of a panel, with its model and whether it is right. */
export function answersOf(panel: ExaminedPanel): readonly (readonly [string, boolean])[] {
  return [
    ...panel.models.map((model, index) => [model, panel.right[index] === true] as const),
    ...panel.without.map((model) => [model, false] as const),
  ];
}
