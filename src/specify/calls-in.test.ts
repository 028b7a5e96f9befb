import { expect, test } from 'vitest';
import type { Entry } from '../domain/suite.ts';
import { callsIn } from './calls-in.ts';

const entry: Entry = {
  kind: 'function',
  name: 'f',
  language: 'python',
  parameters: [],
  isVariadic: true,
  aliases: {},
};

test('callsIn() finds calls inside other calls and leaves out what is computed', () => {
  const text = 'assert set(f([1], "a")) == {1}\nassert len(f(x)) == my.f(3) - off(2)';
  expect(callsIn(text, entry)).toEqual([
    { kind: 'call', name: 'f', args: [{ list: [{ int: '1' }] }, 'a'] },
  ]);
});

test('callsIn() finds none where nothing can be called', () => {
  expect(callsIn('f(1)', null)).toEqual([]);
});
