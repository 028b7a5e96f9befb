import { expect, test } from 'vitest';
import { assemble } from './assemble.ts';

test('assemble() turns labels into the number of lines to skip', () => {
  const program = assemble([
    { op: 'load', offset: 4 },
    { op: 'if', test: 'equal', value: 7, yes: 'good' },
    { op: 'return', value: 1 },
    { op: 'label', name: 'good' },
    { op: 'return', value: 2 },
  ]);
  expect(program.toString('hex').match(/.{16}/g)).toEqual([
    '2000000004000000',
    '1500010007000000',
    '0600000001000000',
    '0600000002000000',
  ]);
});

test('assemble() refuses a label that is missing, behind, or too far away', () => {
  const far = Array.from({ length: 300 }, () => ({ op: 'return', value: 0 }) as const);
  const jump = { op: 'if', test: 'equal', value: 1, yes: 'there' } as const;
  const there = { op: 'label', name: 'there' } as const;
  expect(() => assemble([jump])).toThrow(RangeError);
  expect(() => assemble([there, jump])).toThrow(RangeError);
  expect(() => assemble([jump, ...far, there, { op: 'return', value: 1 }])).toThrow(RangeError);
});
