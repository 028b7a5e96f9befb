import { describe, expect, test } from 'vitest';
import { Excerpt } from './excerpt.ts';

function excerptOf(...pieces: readonly string[]): string {
  const excerpt = new Excerpt();
  for (const piece of pieces) excerpt.push(piece);
  return excerpt.text;
}

describe('Excerpt', () => {
  test('keeps a short text whole', () => {
    expect(excerptOf('a', '', 'b'.repeat(2500), 'c')).toBe(`a${'b'.repeat(2500)}c`);
  });

  test.each([1, 7, 3000, 20_000])(
    'keeps both ends of a long text that comes in pieces of %d characters',
    (size) => {
      const text = `start${'-'.repeat(9990)}end!!`;
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
        text.slice(index * size, (index + 1) * size),
      );
      const [head, tail] = [text.slice(0, 2000), text.slice(-2000)];
      expect(excerptOf(...pieces)).toBe(`${head}\n[... 6000 characters ...]\n${tail}`);
    },
  );
});
