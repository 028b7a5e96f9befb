import { select } from '../decide/select.ts';
import type { BenchDetail } from '../domain/bench.ts';
import type { Matrix } from '../domain/matrix.ts';
import type { ExaminedPanel } from './examine-task.ts';
import { type RuleName, rules } from './rules/rules.ts';

/** The strength of a model on one task, or null. */
export type StrengthOf = (model: string) => number | null;

/** Lets every rule choose from one panel; by rule, the chance that its choice is right. */
export function choose(panel: ExaminedPanel, strengthOf: StrengthOf): BenchDetail {
  const { matrix, models, without, suite, task } = panel;
  const right = panel.right.map((one) => one === true);
  const weighed: Matrix = {
    ...matrix,
    candidates: matrix.candidates.map((row, index) => ({
      ...row,
      strength: strengthOf(models[index] ?? ''),
    })),
  };
  const share = (places: readonly number[]): number =>
    places.length === 0 ? 0 : places.filter((place) => right[place]).length / places.length;
  const names = Object.keys(rules) as RuleName[];
  const passed = Object.fromEntries(names.map((name) => [name, share(rules[name](weighed))]));
  const selection = select(weighed);
  const chosen = models[matrix.candidates.findIndex(({ id }) => id === selection.chosen)];
  const answers = models.length + without.length;
  return {
    task: task.language === null ? task.id : `${task.id} (${task.language})`,
    panel: [...models, ...without],
    passed: {
      ...passed,
      // An answer without code is drawn as often as any other.
      random: answers === 0 ? 0 : right.filter(Boolean).length / answers,
      oracle: right.some(Boolean) ? 1 : 0,
    },
    chosen: chosen ?? null,
    reason: selection.reason,
    examples: suite.tests.filter(({ origin }) => origin === 'example').length,
    tests: suite.tests.filter(({ origin }) => origin === 'validator').length,
    inputs: suite.tests.filter(({ origin }) => origin === 'generated').length,
  };
}
