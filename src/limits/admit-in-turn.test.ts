import { describe, expect, test } from 'vitest';
import type { Admission } from '../domain/admission.ts';
import type { Spent } from '../domain/budget.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import { admitInTurn } from './admit-in-turn.ts';

const wish = { runner: 'a', promptLength: 1, expected: { costUsd: null, tokens: 1 } };
const never = new AbortController().signal;
const failure: AttemptFailure = { kind: 'quota-exhausted', message: 'No more' };
const answered = { status: 'answered', text: 'x' } as const;
const spent: Spent = { costUsd: null, tokens: 2, isEstimate: false };
const progress = { type: 'text', text: 'x' } as const;

/** An admission that notes what is done with it. */
function noting(log: string[], name: string, heard?: AttemptFailure): Admission {
  return {
    admit: async () => {
      log.push(`${name} admits`);
      const permit = {
        heard: () => {
          log.push(`${name} hears`);
          return heard;
        },
        close: async (...[outcome, used]: readonly [object, Spent]) => {
          log.push(`${name} closes ${JSON.stringify(outcome)} ${used.tokens}`);
        },
      };
      return { status: 'admitted', permit };
    },
  };
}

const refusing: Admission = { admit: async () => ({ status: 'refused', failure }) };

describe('admitInTurn()', () => {
  test('admits where nobody is asked', async () => {
    expect(await admitInTurn([]).admit(wish, never)).toMatchObject({ status: 'admitted' });
  });

  test('asks in order and tells all what is heard and how it ended', async () => {
    const log: string[] = [];
    const admission = admitInTurn([noting(log, 'a'), noting(log, 'b')]);
    const admitted = await admission.admit(wish, never);
    if (admitted.status === 'refused') throw new Error(admitted.failure.message);
    expect(admitted.permit.heard(progress, spent)).toBeUndefined();
    await admitted.permit.close(answered, spent);
    const closed = `closes ${JSON.stringify(answered)} 2`;
    expect(log).toEqual([
      'a admits',
      'b admits',
      'a hears',
      'b hears',
      `a ${closed}`,
      `b ${closed}`,
    ]);
  });

  test('gives turns back, which cost nothing, when a later one refuses', async () => {
    const log: string[] = [];
    const admission = admitInTurn([noting(log, 'a'), refusing, noting(log, 'b')]);
    expect(await admission.admit(wish, never)).toEqual({ status: 'refused', failure });
    expect(log).toEqual([
      'a admits',
      `a closes ${JSON.stringify({ status: 'failed', failure })} 0`,
    ]);
  });

  test('ends a request that any of them wants to be ended, and still tells all', async () => {
    const log: string[] = [];
    const admission = admitInTurn([noting(log, 'a'), noting(log, 'b', failure), noting(log, 'c')]);
    const admitted = await admission.admit(wish, never);
    expect(admitted.status === 'admitted' && admitted.permit.heard(progress, spent)).toBe(failure);
    expect(log.filter((each) => each.endsWith('hears'))).toHaveLength(3);
  });
});
