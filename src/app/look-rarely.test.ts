import { describe, expect, test } from 'vitest';
import { lookRarely } from './look-rarely.ts';

describe('lookRarely()', () => {
  test('looks once in a second for the same names, and anew after it', async () => {
    let nowMs = 0;
    const looked: string[] = [];
    const { availability } = lookRarely(
      {
        availability: async (named = []) => {
          looked.push(named.join());
          return new Map();
        },
      },
      { elapsed: () => nowMs },
    );
    await Promise.all([availability(['a']), availability(['a']), availability(['b'])]);
    nowMs = 999;
    await availability(['a']);
    expect(looked).toEqual(['a', 'b']);
    nowMs = 1000;
    await availability(['a']);
    expect(looked).toEqual(['a', 'b', 'a']);
  });
});
