import { expect, test } from 'vitest';
import { rightsOf, rulesetAttributes } from './landlock.ts';

test('rulesetAttributes() handles all that its version knows', () => {
  expect(rulesetAttributes(1).toString('hex')).toBe('ff1f000000000000');
  expect(rulesetAttributes(3).toString('hex')).toBe('ff7f000000000000');
  expect(rulesetAttributes(4).toString('hex')).toBe('ff7f0000000000000300000000000000');
  expect(rulesetAttributes(6).toString('hex')).toBe(
    'ffff00000000000003000000000000000300000000000000',
  );
});

test('rightsOf() grants only what the version handles', () => {
  expect(rightsOf('write', 1, true) & ~0x1fff).toBe(0);
  expect(rightsOf('write', 3, true) & 0x6000).toBe(0x6000);
});

test('rightsOf() grants a file no right of folders', () => {
  expect(rightsOf('run', 7, false)).toBe(0b101);
  expect(rightsOf('run', 7, true)).toBe(0b1101);
  expect(rightsOf('read', 7, false)).toBe(0b100);
});

test('rightsOf() never lets a program make devices or sockets', () => {
  expect(rightsOf('write', 7, true) & (64 | 512 | 2048)).toBe(0);
});
