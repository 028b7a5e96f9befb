import { expect, test } from 'vitest';
import type { Task } from '../../../src/domain/task.ts';
import { requestOf } from './draft.ts';
import { draftOfTask } from './draft-of-task.ts';

const task: Task = {
  text: 'x',
  context: [{ path: 'a.js', text: '1' }],
  mode: 'auto',
  models: ['a', 'b'],
  validators: ['c'],
  strict: true,
  route: 'learned',
  selection: { samples: { a: 2, b: 1 }, adaptive: true, merge: 'never', modelTests: false },
  checks: {
    commands: ['npm test'],
    tests: [{ path: 'a.test.js', text: '2' }],
    given: [],
    folder: undefined,
    timeoutMs: 1500,
  },
};

test('draftOfTask() asks for what the run was asked for', () => {
  const budget = { costUsd: 0.0000001, tokens: 900 };
  const limits = { timeoutMs: 2500, retries: 0 };
  const { draft } = draftOfTask({ id: 'r', task, budget, limits });
  expect(requestOf(draft)).toEqual({
    task: 'x',
    context: task.context,
    mode: 'auto',
    models: ['a', 'b'],
    validators: ['c'],
    strict: true,
    route: 'learned',
    samples: { a: 2, b: 1 },
    adaptive: true,
    merge: 'never',
    model_tests: false,
    check: ['npm test'],
    tests: task.checks?.tests,
    check_timeout: 1.5,
    timeout: 2.5,
    retries: 0,
    max_cost: 0.0000001,
    max_tokens: 900,
  });
});

test('draftOfTask() says what cannot be taken over', () => {
  const call = { kind: 'call', name: 'f', args: [] } as const;
  const test1 = { id: 'user-1', origin: 'user', author: null, call, expected: undefined } as const;
  const checks = { commands: [], tests: [], given: [test1], folder: undefined, timeoutMs: 1 };
  const { note } = draftOfTask({
    id: 'r',
    task: { ...task, models: undefined, checks },
    budget: undefined,
    limits: undefined,
  });
  expect(note).toMatch(/run r\..*1 data tests.*choose them to do so again/);
});
