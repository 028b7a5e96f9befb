import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repeatsName } from './repeats-name.ts';

test.each([
  '{"a":1,"a":2}',
  '[{"b":{"a":1,"c":[1,{"x":"y"}],"a":2}}]',
  '{"type":1,"t\\u0079pe":2}',
  '{"":1,"":2}',
  '{ "a" : "{" , "a" : "}" }',
])('repeatsName() finds the name that is there twice in %s', (json) => {
  expect(repeatsName(json)).toBe(true);
});

test.each([
  '{"a":{"a":{"a":1}},"b":["a","a"]}',
  '[{"a":1},{"a":2}]',
  '{"a":"b","b":"a"}',
  '{"a":"\\",\\"a\\":1"}',
  '["a","a"]',
  '"a"',
])('repeatsName() finds none in %s', (json) => {
  expect(repeatsName(json)).toBe(false);
});

test('repeatsName() finds none in what is written from a value, and one that is added', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(repeatsName(json)).toBe(false);
      expect(repeatsName(`[${json},{"a":${json},"a":${json}}]`)).toBe(true);
    }),
  );
});
