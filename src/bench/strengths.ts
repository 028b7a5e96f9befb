import type { StrengthOf } from './choose.ts';
import type { ExaminedPanel } from './examine-task.ts';

/** Where strengths come from: nowhere, from the person, or from the other tasks of the pool. */
export type Prior =
  | { readonly kind: 'none' }
  | { readonly kind: 'given'; readonly strengths: Readonly<Record<string, number>> }
  | { readonly kind: 'learned' };

/**
 * Gives the strengths of models, for each task its own: a learned one is the share of right answers on all other
 * tasks with one right and one wrong answer added (Laplace), so that no task tells of itself.
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
    for (const [model, isRight] of answersOf(panel)) {
      count(all, model, isRight);
      count(own, model, isRight);
    }
  }
  return (taskId) => (model) => {
    const whole = all.get(model) ?? none;
    const own = byTask.get(taskId)?.get(model) ?? none;
    return (whole.right - own.right + 1) / (whole.answers - own.answers + 2);
  };
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

/** Every answer of a panel, with its model and whether it is right. */
export function answersOf(panel: ExaminedPanel): readonly (readonly [string, boolean])[] {
  return [
    ...panel.models.map((model, index) => [model, panel.right[index] === true] as const),
    ...panel.without.map((model) => [model, false] as const),
  ];
}
