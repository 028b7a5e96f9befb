import { expect, test } from 'vitest';
import { amountsOf } from './amounts.ts';

test.each([
  ['Wait 1.5 minutes.', { millisecond: 90_000 }],
  ['At most 30s, or 10,000 requests', { millisecond: 30_000, request: 10_000 }],
  ['Keep 20% of 3 replicas', { percent: 20, replica: 3 }],
  ['A 5-minute window', { millisecond: 300_000 }],
  ['Between 3 retries and 5 retries', {}],
  ['Python 3.12 and 4 of them', {}],
  ['Nothing to count', {}],
])('amountsOf(%j) is %j', (text, amounts) => {
  expect(Object.fromEntries(amountsOf(text))).toEqual(amounts);
});
