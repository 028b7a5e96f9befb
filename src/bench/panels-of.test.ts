import { expect, test } from 'vitest';
import { panelsOf } from './panels-of.ts';
import type { PoolSample, PoolTask } from './pool.ts';

const sample = (model: string, index = 0): PoolSample => ({
  model,
  index,
  rawOutput: null,
  code: '',
  passes: null,
});

const taskWith = (...samples: readonly PoolSample[]): PoolTask => ({
  id: 'task',
  language: null,
  prompt: '',
  entryPoint: null,
  hiddenTests: null,
  visibleTests: null,
  generatedTests: [],
  samples,
});

const all = { seed: 1, panel: undefined, panels: 1 };

test('panelsOf() takes all answers of a single model', () => {
  expect(panelsOf(taskWith(sample('a', 0), sample('a', 1)), all)[0]).toHaveLength(2);
});

test('panelsOf() takes the first answer of each of several models', () => {
  const [panel = []] = panelsOf(taskWith(sample('a', 1), sample('a', 0), sample('b', 4)), all);
  expect(panel.map(({ model, index }) => `${model}${index}`)).toEqual(['a0', 'b4']);
});

test('panelsOf() draws panels of different models, the same for the same seed', () => {
  const task = taskWith(sample('a'), sample('b'), sample('c'), sample('d'));
  const drawn = panelsOf(task, { seed: 1, panel: 3, panels: 20 });
  expect(drawn).toHaveLength(20);
  for (const panel of drawn) expect(new Set(panel.map(({ model }) => model)).size).toBe(3);
  expect(panelsOf(task, { seed: 1, panel: 3, panels: 20 })).toEqual(drawn);
  expect(panelsOf(task, { seed: 2, panel: 3, panels: 20 })).not.toEqual(drawn);
});

test('panelsOf() gives none to a task with too few models', () => {
  expect(panelsOf(taskWith(sample('a')), { seed: 1, panel: 2, panels: 5 })).toEqual([]);
});
