import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatsName } from './repeats-name.ts';

const repeats = (json: string): boolean => repeatsName(json, JSON.parse(json));

test.each([
  '{"a":1,"a":2}',
  '[{"b":{"a":1,"c":[1,{"x":"y"}],"a":2}}]',
  '{"type":1,"t\\u0079pe":2}',
  '{"":1,"":2}',
  '{ "a" : "{" , "a" : "}" }',
])('repeatsName() finds the name that is there twice in %s', (json) => {
  expect(repeats(json)).toBe(true);
});

test.each([
  '{"a":{"a":{"a":1}},"b":["a","a"]}',
  '[{"a":1},{"a":2}]',
  '{"a":"b","b":"a"}',
  '{"a":"\\",\\"a\\":1"}',
  '["a","a"]',
  '"a"',
])('repeatsName() finds none in %s', (json) => {
  expect(repeats(json)).toBe(false);
});

test('repeatsName() finds none in what is written from a value, and one that is added', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(repeats(json)).toBe(false);
      expect(repeats(`[${json},{"a":${json},"a":${json}}]`)).toBe(true);
    }),
  );
});
