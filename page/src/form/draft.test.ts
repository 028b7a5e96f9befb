import { expect, test } from 'vitest';
import { type Draft, emptyDraft, requestOf } from './draft.ts';

const drafted = (fields: Partial<Draft>): Draft => ({ ...emptyDraft, task: 'x', ...fields });

test('requestOf() leaves out what is empty', () => {
  expect(requestOf(drafted({ check: ' \n', timeout: ' ' }))).toEqual({ task: 'x' });
});

test('requestOf() gives every field that is set by its name in a request', () => {
  const file = { path: 'a.js', text: '1' };
  const lists = { models: ['a'], validators: ['b'], context: [file], tests: [file] };
  const choices = { mode: 'auto', strict: false, route: 'learned', merge: 'never' } as const;
  const switches = { adaptive: true, model_tests: false };
  const numbers = {
    samples: 2,
    timeout: 0.5,
    retries: 0,
    check_timeout: 9,
    max_cost: 0,
    max_tokens: 7,
  };
  const texts = Object.fromEntries(Object.entries(numbers).map(([name, n]) => [name, ` ${n} `]));
  const draft = drafted({ ...lists, ...choices, ...switches, ...texts, check: 'npm test\n\nmake' });
  const check = ['npm test', 'make'];
  expect(requestOf(draft)).toEqual({
    task: 'x',
    ...lists,
    ...choices,
    ...switches,
    ...numbers,
    check,
  });
});

test('requestOf() leaves out a number that cannot be used', () => {
  expect(requestOf(drafted({ samples: '21', timeout: 'soon' }))).toEqual({ task: 'x' });
});

test('requestOf() gives the number of each chosen model where one has its own', () => {
  const draft = drafted({ models: ['a', 'b'], samples: '3', samples_of: { a: '5', gone: '2' } });
  expect(requestOf(draft).samples).toEqual({ a: 5, b: 3 });
  expect(requestOf({ ...draft, samples: '' }).samples).toEqual({ a: 5, b: 1 });
  expect(requestOf({ ...draft, models: ['b'] }).samples).toBe(3);
});
