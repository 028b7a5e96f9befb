import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { type ReadLine, readLines } from './read-lines.ts';

const linesOf = async (chunks: readonly Buffer[], maxBytes = 100): Promise<readonly ReadLine[]> => {
  const lines: ReadLine[] = [];
  for await (const line of readLines(Readable.from(chunks), maxBytes)) lines.push(line);
  return lines;
};
const bytesOf = (text: string): Buffer[] =>
  [...Buffer.from(text)].map((byte) => Buffer.from([byte]));

describe('readLines()', () => {
  test('gives the same lines however the bytes arrive', async () => {
    const text = 'Grüße\r\n\n😀 end\n';
    const whole = await linesOf([Buffer.from(text)]);
    expect(whole.map((line) => line.text)).toEqual(['Grüße', '', '😀 end']);
    expect(await linesOf(bytesOf(text))).toEqual(whole);
    expect(whole.at(-1)).toMatchObject({ number: 3, endBytes: Buffer.byteLength(text) });
  });

  test('marks a last line that no line break ends', async () => {
    const [first, last] = await linesOf([Buffer.from('a\n{"to')]);
    expect(first).toEqual({ number: 1, text: 'a', isUtf8: true, endBytes: 2, isWhole: true });
    expect(last).toEqual({ number: 2, text: '{"to', isUtf8: true, endBytes: 6, isWhole: false });
  });

  test('counts a line that is too long, and goes on behind it', async () => {
    const lines = await linesOf(bytesOf(`${'x'.repeat(11)}\nshort\n`), 10);
    expect(lines).toEqual([
      { number: 1, text: null, endBytes: 12 },
      { number: 2, text: 'short', isUtf8: true, endBytes: 18, isWhole: true },
    ]);
  });

  test('leaves out the byte order mark of the stream, and counts its bytes', async () => {
    const lines = await linesOf([Buffer.from('\uFEFFa\n\uFEFFb\n')]);
    expect(lines.map(({ text }) => text)).toEqual(['a', '\uFEFFb']);
    expect(lines.map(({ endBytes }) => endBytes)).toEqual([5, 10]);
  });

  test('marks a line that is no UTF-8', async () => {
    const lines = await linesOf([Buffer.from([0xff, 0x0a]), Buffer.from('b\n')]);
    expect(lines).toMatchObject([{ isUtf8: false }, { text: 'b', isUtf8: true }]);
  });
});
