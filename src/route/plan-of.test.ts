import { expect, test } from 'vitest';
import type { Availability } from '../domain/availability.ts';
import type { Task } from '../domain/task.ts';
import { needsLastResort, planOf } from './plan-of.ts';
import type { Routes } from './route.ts';

const routes: Routes = {
  categories: [{ name: 'general', keywords: [], primaries: ['a', 'b'], validators: ['v'] }],
  modes: {
    simple: { primaries: 1, validators: 0 },
    medium: { primaries: 2, validators: 1 },
    complex: { primaries: 2, validators: 2 },
    architectural: { primaries: 'all', validators: 0 },
  },
  lastResorts: ['ollama', 'vllm'],
};
const task: Task = {
  text: 'Add two numbers',
  context: [],
  mode: 'medium',
  models: undefined,
  validators: undefined,
  strict: false,
};
const missing: Availability = {
  status: 'unavailable',
  kind: 'not-installed',
  message: 'Not here',
  remedy: 'Install it',
};
const ready: Availability = { status: 'available', where: '/here' };
const nobody = new Map<string, Availability>([
  ['a', missing],
  ['b', missing],
  ['v', missing],
]);
const withOllama = new Map<string, Availability>([...nobody, ['ollama', ready], ['vllm', missing]]);

test('planOf() gives a local server one seat, named as a stand-in, when nobody else is available', () => {
  const { seats, substitutions } = planOf(task, routes, withOllama);
  expect(seats.map(({ runner }) => runner)).toEqual(['ollama', 'b', 'v']);
  expect(seats.map(({ unavailable }) => unavailable?.kind)).toEqual([
    undefined,
    'not-installed',
    'not-installed',
  ]);
  expect(substitutions).toEqual([
    { seat: 'primary-1', planned: 'a', runner: 'ollama', because: 'not-installed' },
  ]);
});

test('planOf() gives a local server no seat while one runner of the category is available', () => {
  const { seats } = planOf(
    task,
    routes,
    new Map<string, Availability>([...withOllama, ['v', ready]]),
  );
  expect(seats.map(({ runner }) => runner)).toEqual(['v', 'b', 'v']);
});

test.each<[string, Task, ReadonlyMap<string, Availability>, boolean]>([
  ['nobody of the category is available', task, nobody, true],
  ['somebody is', task, new Map<string, Availability>([...nobody, ['v', ready]]), false],
  ['the models were named', { ...task, models: ['a'] }, nobody, false],
  ['stand-ins are forbidden', { ...task, strict: true }, nobody, false],
])('needsLastResort() tells whether to look further when %s', (_, asked, availability, needed) => {
  expect(needsLastResort(asked, routes, availability)).toBe(needed);
});

const withMine = new Map<string, Availability>([...nobody, ['mine', ready], ['other', ready]]);

test('planOf() asks the other declared runners when nobody of the category is available', () => {
  const { seats, substitutions } = planOf(task, routes, withMine);
  expect(seats.map(({ runner }) => runner)).toEqual(['mine', 'other', 'v']);
  expect(substitutions).toHaveLength(2);
  expect(needsLastResort(task, routes, withMine)).toBe(false);
});

test('planOf() keeps to the category while one of its runners is available', () => {
  const { seats } = planOf(
    task,
    routes,
    new Map<string, Availability>([...withMine, ['b', ready]]),
  );
  const asked = seats.filter(({ unavailable }) => !unavailable);
  expect(asked.map(({ runner }) => runner)).toEqual(['b']);
});

test.each([
  ['it is strict', { strict: true }],
  ['the models are named', { models: ['a'] }],
])('planOf() gives no seat away when %s', (_, changes) => {
  const { seats, substitutions } = planOf({ ...task, ...changes }, routes, withMine);
  expect(substitutions).toEqual([]);
  expect(seats.every(({ unavailable }) => unavailable)).toBe(true);
});

test('planOf() refuses a name that is given twice', () => {
  const twice = { ...task, models: ['a', 'a'] };
  expect(() => planOf(twice, routes, withMine)).toThrow('Cannot ask "a" twice');
});
