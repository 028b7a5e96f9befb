import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ResultLines } from './result-lines.ts';

const begin = '{"confined":true}\n{"loaded":true}\n';
const result = '{"returned":{"int":"4"},"printed":"","changed":[]}\n';

function read(text: string, callsMax = 2): ResultLines {
  const lines = new ResultLines(callsMax);
  lines.push(Buffer.from(text, 'latin1'));
  return lines;
}

test('ResultLines reads a result for each call', () => {
  const lines = read(`${begin}${result}{"raised":"KeyError","message":"1","printed":"x"}\n`);
  expect(lines.observations).toEqual([
    { kind: 'returned', value: { int: '4' }, printed: '', changed: [] },
    { kind: 'raised', error: 'KeyError', message: '1', printed: 'x' },
  ]);
  expect(lines.isComplete).toBe(true);
});

test('ResultLines takes no more results than there are calls', () => {
  expect(read(begin + result.repeat(5)).observations).toHaveLength(2);
});

test('ResultLines keeps a result that is not complete for later', () => {
  const lines = read(`${begin}${result.slice(0, 10)}`);
  expect(lines.observations).toHaveLength(0);
  lines.push(Buffer.from(result.slice(10)));
  expect(lines.observations).toHaveLength(1);
});

test.each([
  ['a value that is none', '{"returned":4,"printed":"","changed":[]}\n'],
  ['a key too many', '{"returned":null,"printed":"","changed":[],"passed":true}\n'],
  ['no JSON', 'OK\n'],
  ['torn JSON', '{"returned":\n'],
  ['an unknown word', '{"toString":1}\n'],
  ['a claim that it was not run', '{"not-run":"busy"}\n'],
  ['bytes', '\0\xff\n'],
  ['an empty line', '\n'],
])('ResultLines reads nothing after %s', (_, line) => {
  const lines = read(begin + line + result);
  expect(lines.isSpoiled).toBe(true);
  expect(lines.observations).toEqual([]);
});

test('ResultLines reads no result before the program is loaded', () => {
  expect(read(`{"confined":true}\n${result}`).isSpoiled).toBe(true);
});

test('ResultLines takes anything that a program can write', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const lines = new ResultLines(1);
      lines.push(Buffer.from(begin));
      lines.push(bytes);
      lines.push(bytes);
      return lines.observations.length <= 1;
    }),
  );
});
