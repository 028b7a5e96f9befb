import type { BenchDetail, BenchRow, BenchRuleName } from '../domain/bench.ts';
import type { ExaminedPanel } from './examine-task.ts';
import { bootstrap } from './intervals.ts';
import { answersOf } from './strengths.ts';

/** A panel with what each rule came to on it. */
export interface ChosenPanel {
  readonly panel: ExaminedPanel;
  readonly detail: BenchDetail;
}

const oneAnswer: ReadonlySet<string> = new Set(['random']);
const runsCode: ReadonlySet<string> = new Set(['examples-then-stronger', 'codet', 'mbr', 'ours']);
/** Rules as a table lists them; each single model stands after the first. */
const order = ['random', 'majority', 'examples-then-stronger', 'mbr', 'codet', 'ours', 'oracle'];

/** Computes a row for each rule and, where there are several models, for each model. Every task counts the same. */
export function rowsOf(chosen: readonly ChosenPanel[], seed: number): readonly BenchRow[] {
  const tasks = [...Map.groupBy(chosen, ({ detail }) => detail.task).values()];
  const answers = mean(chosen.map(({ detail }) => detail.panel.length));
  const row = (rule: string, values: readonly number[], ofAnswers: number): BenchRow => ({
    rule: rule as BenchRuleName,
    pass_rate: mean(values),
    ...bootstrap(values, seed),
    tasks: values.length,
    answers: ofAnswers,
    runs_code: runsCode.has(rule),
  });
  const ruled = order.map((rule) => {
    const values = tasks.map((panels) =>
      mean(panels.map(({ detail }) => detail.passed[rule] ?? 0)),
    );
    return row(rule, values, oneAnswer.has(rule) ? 1 : answers);
  });
  const [random, ...others] = ruled;
  const singles = singleRates(tasks)
    .map(([model, values]) => row(`single:${model}`, values, 1))
    .toSorted((a, b) => b.pass_rate - a.pass_rate || (a.rule < b.rule ? -1 : 1));
  return [...(random ? [random] : []), ...(singles.length > 1 ? singles : []), ...others];
}

/** By model, the share of right answers for each task that it answered. */
function singleRates(
  tasks: readonly (readonly ChosenPanel[])[],
): readonly (readonly [string, readonly number[]])[] {
  const rates = new Map<string, number[]>();
  for (const panels of tasks) {
    const answers = panels.flatMap(({ panel }) => answersOf(panel));
    for (const [model, own] of Map.groupBy(answers, ([name]) => name)) {
      const known = rates.get(model) ?? [];
      rates.set(model, [...known, mean(own.map(([, isRight]) => (isRight ? 1 : 0)))]);
    }
  }
  return [...rates];
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
