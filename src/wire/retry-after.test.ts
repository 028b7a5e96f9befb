import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const nowMs = Date.UTC(2026, 10, 22, 20, 0, 0);

test.each([
  ['seconds', { 'retry-after': '2' }, 2_000],
  ['parts of a second', { 'retry-after': ' 1.5 ' }, 1_500],
  ['no wait', { 'retry-after': '0' }, 0],
  ['milliseconds before seconds', { 'retry-after-ms': '20', 'retry-after': '9' }, 20],
  ['a date to come', { 'retry-after': 'Sun, 22 Nov 2026 20:00:05 GMT' }, 5_000],
  ['a date that is over', { 'retry-after': 'Sun, 22 Nov 2026 19:00:00 GMT' }, 0],
  ['nothing', {}, undefined],
  ['nonsense', { 'retry-after': 'soon' }, undefined],
  ['a negative number, which is no wait', { 'retry-after': '-1x' }, undefined],
])('retryAfterMs() reads %s', (_, headers, expected) => {
  expect(retryAfterMs(headers, nowMs)).toBe(expected);
});
