import { expect, test } from 'vitest';
import { lineOrigins } from './line-origins.ts';

const a = { name: 'a', text: 'start\nleft\nend' };
const b = { name: 'b', text: 'start\nright\nend' };

test('lineOrigins() tells which answers have each line, and which lines none has', () => {
  expect(lineOrigins('start\nleft\nright\nfresh\nend\n', [a, b])).toEqual([
    { firstLine: 1, text: 'start', from: ['a', 'b'] },
    { firstLine: 2, text: 'left', from: ['a'] },
    { firstLine: 3, text: 'right', from: ['b'] },
    { firstLine: 4, text: 'fresh', from: [] },
    { firstLine: 5, text: 'end', from: ['a', 'b'] },
  ]);
});

test('lineOrigins() leaves an empty line with what stands before it', () => {
  expect(lineOrigins('left\n\nleft', [{ name: 'a', text: 'left\nleft' }])).toEqual([
    { firstLine: 1, text: 'left\n\nleft', from: ['a'] },
  ]);
});

test('lineOrigins() counts a line once for each time that an answer has it', () => {
  const passages = lineOrigins('end\nend', [a]);
  expect(passages?.map(({ from }) => from)).toEqual([['a'], []]);
});

test('lineOrigins() gives a text up that is too long', () => {
  expect(lineOrigins('x\n'.repeat(4001), [a])).toBeUndefined();
});
