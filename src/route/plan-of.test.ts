import { describe, expect, test } from 'vitest';
import type { Availability } from '../domain/availability.ts';
import type { Task } from '../domain/task.ts';
import { planOf } from './plan-of.ts';
import type { Routes } from './route.ts';

const routes: Routes = {
  categories: [{ name: 'general', keywords: [], primaries: ['a', 'b'], validators: ['c'] }],
  modes: {
    simple: { primaries: 1, validators: 0 },
    medium: { primaries: 2, validators: 1 },
    complex: { primaries: 2, validators: 2 },
    architectural: { primaries: 'all', validators: 0 },
  },
};
const task: Task = {
  text: 'add',
  context: [],
  mode: 'medium',
  models: undefined,
  validators: undefined,
  strict: false,
};
const availability = (...here: string[]): ReadonlyMap<string, Availability> =>
  new Map(
    ['a', 'b', 'c', 'mine', 'other'].map((name) => [
      name,
      here.includes(name)
        ? { status: 'available', where: '' }
        : { status: 'unavailable', kind: 'not-installed', message: '', remedy: '' },
    ]),
  );
const asked = (plan: ReturnType<typeof planOf>): readonly string[] =>
  plan.seats.filter(({ unavailable }) => !unavailable).map(({ runner }) => runner);

describe('planOf()', () => {
  test('keeps to the category while one of its runners is available', () => {
    expect(asked(planOf(task, routes, availability('b', 'mine')))).toEqual(['b']);
  });

  test('asks the other declared runners when no runner of the category is available', () => {
    const plan = planOf(task, routes, availability('mine', 'other'));
    expect(asked(plan)).toEqual(['mine', 'other']);
    expect(plan.substitutions).toHaveLength(2);
  });

  test.each([
    ['strict', { strict: true }],
    ['the models are named', { models: ['a'] }],
  ])('gives no seat away when %s', (_, changes) => {
    const plan = planOf({ ...task, ...changes }, routes, availability('mine'));
    expect(plan.substitutions).toEqual([]);
    expect(asked(plan)).toEqual([]);
  });

  test('refuses a name that is given twice', () => {
    const twice = { ...task, models: ['a', 'a'] };
    expect(() => planOf(twice, routes, availability('a'))).toThrow('Cannot ask "a" twice');
  });
});
