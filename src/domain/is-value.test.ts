import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isValue } from './is-value.ts';

test.each<readonly [unknown]>([
  [null],
  [true],
  ['text'],
  [{ int: '-12' }],
  [{ float: '1.5e-07' }],
  [{ float: 'nan' }],
  [{ float: '-inf' }],
  [{ list: [null, { tuple: [{ set: [] }] }] }],
  [{ map: [['a', { bytes: 'AA==' }]] }],
  [{ object: 'Point', fields: [['x', { int: '1' }]] }],
  [{ opaque: 'function' }],
])('isValue() takes %j', (data) => {
  expect(isValue(data)).toBe(true);
});

test.each<readonly [unknown]>([
  [undefined],
  [1],
  [[]],
  [{}],
  [{ int: 1 }],
  [{ int: '1.0' }],
  [{ float: '0x1' }],
  [{ list: null }],
  [{ list: [1] }],
  [{ int: '1', float: '1' }],
  [{ map: [['a']] }],
  [{ map: { a: null } }],
  [{ object: 'Point' }],
  [{ object: 'Point', fields: [[1, null]] }],
  [{ object: 'Point', fields: [], more: 1 }],
  [{ constructor: [] }],
])('isValue() refuses %j', (data) => {
  expect(isValue(data)).toBe(false);
});

test('isValue() refuses what is too deep to be walked', () => {
  expect(isValue(JSON.parse(`${'{"list":['.repeat(100_000)}${']}'.repeat(100_000)}`))).toBe(false);
});

test('isValue() answers for any JSON', () => {
  fc.assert(fc.property(fc.jsonValue(), (data) => typeof isValue(data) === 'boolean'));
});
