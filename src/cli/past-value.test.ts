import { expect, test } from 'vitest';
import { pastValue } from './past-value.ts';

const nowMs = Date.UTC(2026, 2, 10);

test.each([
  ['90m', nowMs - 90 * 60_000],
  ['12h', nowMs - 12 * 3_600_000],
  ['30d', nowMs - 30 * 86_400_000],
  ['2w', nowMs - 14 * 86_400_000],
  ['2026-03-01', Date.UTC(2026, 2, 1)],
])('pastValue() reads %s', (text, expected) => {
  expect(pastValue('--since', text, nowMs)).toBe(expected);
});

test.each(['', '5', 'd', '-3d', '3y', '2026-13-01', 'yesterday'])(
  'pastValue() refuses "%s"',
  (text) => {
    expect(() => pastValue('--since', text, nowMs)).toThrow(`Cannot use --since "${text}": wanted`);
  },
);
