import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeldText } from './held-text.ts';

describe('HeldText', () => {
  test('gives back what it was given, however it was cut', () => {
    const piece = fc.oneof(fc.string({ unit: 'grapheme' }), fc.nat(40_000).map(many));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const held = new HeldText();
        for (const each of pieces) held.push(each);
        expect(held.bytes).toBe(Buffer.byteLength(pieces.join('')));
        expect(held.take()).toBe(pieces.join(''));
      }),
      { numRuns: 50 },
    );
  });

  test('holds nothing once it was taken', () => {
    const held = new HeldText();
    held.push('one');
    held.take();
    expect([held.bytes, held.take()]).toEqual([0, '']);
    held.push('two');
    expect(held.take()).toBe('two');
  });
});

/** Characters of three bytes, which do not fill a block evenly. */
function many(count: number): string {
  return '漢'.repeat(count);
}
