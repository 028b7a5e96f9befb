import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonObjects } from './json-objects.ts';

test.each([
  ['prose around it', 'Sure: {"a":1} as asked', [{ a: 1 }]],
  ['a fence around it', '```json\n{"a":1}\n```', [{ a: 1 }]],
  ['braces in prose before it', 'the set {x} and { "y" then {"a":1}', [{ a: 1 }]],
  ['an unclosed brace before it', 'f() { {"a":1}', [{ a: 1 }]],
  ['a quote in prose before it', 'he said "no {"a":1}', [{ a: 1 }]],
  ['braces inside strings', '{"a":"}{"}', [{ a: '}{' }]],
  ['escaped quotes inside strings', '{"a":"\\"}"}', [{ a: '"}' }]],
  ['an object inside an object', '{"a":{"b":2}}', [{ a: { b: 2 } }]],
  ['several objects', '{"a":1} {"b":2}', [{ a: 1 }, { b: 2 }]],
  ['an unclosed string', '{"a":"', []],
  ['nothing', '', []],
])('jsonObjects() reads a text with %s', (_, text, objects) => {
  expect(jsonObjects(text)).toEqual(objects);
});

test('jsonObjects() finds any object between any prose without braces', () => {
  const prose = fc.string().map((text) => text.replaceAll(/[{}]/g, ''));
  const object = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(prose, object, prose, (before, value, after) => {
      const text = JSON.stringify(value);
      expect(jsonObjects(`${before}${text}${after}`)).toEqual([JSON.parse(text)]);
    }),
  );
});

test('jsonObjects() gives up on a reply full of unclosed braces', { timeout: 5000 }, () => {
  expect(jsonObjects(`${'{"a":'.repeat(100_000)}{"b":1}`)).toEqual([]);
});
