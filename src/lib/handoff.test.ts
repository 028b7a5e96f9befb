import { describe, expect, test } from 'vitest';
import { Handoff } from './handoff.ts';

describe('Handoff', () => {
  test('gives every value once in order, and ends after the last', async () => {
    const handoff = new Handoff<number>();
    const given = Promise.all([1, 2, 3].map((value) => handoff.give(value)));
    handoff.close();
    const taken: number[] = [];
    for await (const value of handoff) taken.push(value);
    expect(taken).toEqual([1, 2, 3]);
    await given;
  });

  test('holds up whoever gives until the value is taken', async () => {
    const handoff = new Handoff<string>();
    const log: string[] = [];
    const given = handoff.give('a').then(() => log.push('given'));
    await Promise.resolve();
    expect(log).toEqual([]);
    const taker = handoff[Symbol.asyncIterator]();
    expect(await taker.next()).toEqual({ value: 'a', done: false });
    await given;
    expect(log).toEqual(['given']);
  });

  test('holds nobody up when the taker has left', async () => {
    const handoff = new Handoff<string>();
    const given = [handoff.give('a'), handoff.give('b')];
    for await (const value of handoff) {
      expect(value).toBe('a');
      break;
    }
    await Promise.all([...given, handoff.give('c')]);
  });
});
