import { expect, test } from 'vitest';
import type { Admitted, Permit } from '../domain/admission.ts';
import type { Amount, Budget, Spent } from '../domain/budget.ts';
import type { Ledger } from '../domain/ledger.ts';
import { memoryLedger } from '../history/memory-ledger.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { budgetAdmission } from './budget-admission.ts';

const budget: Budget = {
  kind: 'day',
  name: '2026-01-01',
  limit: { costUsd: 1, tokens: undefined },
};
const never = new AbortController().signal;
const done = { status: 'answered', text: 'x' } as const;
const word = { type: 'text', text: 'x' } as const;

function world(list: readonly Budget[] = [budget]) {
  const clock = virtualClock({ auto: true });
  const ledger = memoryLedger({ now: clock.now, holder: 'me', isGone: () => false });
  const admission = budgetAdmission({ ledger, budgets: () => list, clock });
  const admit = (costUsd: number | null, signal = never): Promise<Admitted> =>
    admission.admit({ runner: 'a', promptLength: 1, expected: { costUsd, tokens: 10 } }, signal);
  return { admit, ledger };
}

function permitIn(admitted: Admitted): Permit {
  if (admitted.status === 'admitted') return admitted.permit;
  throw new Error(admitted.failure.message);
}

const spent = (costUsd: number | null): Spent => ({ costUsd, tokens: 10, isEstimate: false });
const costIn = async (ledger: Ledger): Promise<readonly number[]> =>
  (await ledger.standings([budget])).map(({ costUsd }) => costUsd);

test('budgetAdmission() waits while others may leave something, and refuses when they have not', async () => {
  const { admit, ledger } = world();
  const first = permitIn(await admit(0.7));
  const second = admit(0.5);
  await first.close(done, spent(0.7));
  expect(await second).toEqual({
    status: 'refused',
    failure: {
      kind: 'budget-exhausted',
      message: 'Not asked: the budget of the day is $1.00, with $0.30 left and $0.50 needed',
    },
  });
  expect(await costIn(ledger)).toEqual([0.7]);
});

test('budgetAdmission() admits one that waited for what another did not use', async () => {
  const { admit } = world();
  const first = permitIn(await admit(0.7));
  const second = admit(0.5);
  await first.close(done, spent(0.1));
  expect(await second).toMatchObject({ status: 'admitted' });
});

test('budgetAdmission() stops waiting when it is cancelled', async () => {
  const { admit } = world();
  await admit(0.7);
  const cancel = new AbortController();
  const second = admit(0.5, cancel.signal);
  cancel.abort();
  expect(await second).toMatchObject({ failure: { kind: 'cancelled' } });
});

test('budgetAdmission() ends a request that uses more than there is, and charges what it used', async () => {
  const { admit, ledger } = world();
  const permit = permitIn(await admit(0.5));
  const heard = async (costUsd: number) => {
    permit.heard(word, spent(costUsd));
    await new Promise(setImmediate);
    return permit.heard(word, spent(costUsd));
  };
  expect(await heard(0.5)).toBeUndefined();
  expect(await heard(0.8)).toBeUndefined();
  expect(await heard(0.95)).toMatchObject({ kind: 'budget-exhausted' });
  await permit.close(
    { status: 'failed', failure: { kind: 'cancelled', message: '' } },
    spent(0.95),
  );
  expect(await costIn(ledger)).toEqual([0.95]);
});

test('budgetAdmission() admits a request without a known price until its tokens are used up', async () => {
  const { admit } = world([{ ...budget, limit: { costUsd: 0, tokens: 15 } }]);
  const permit = permitIn(await admit(null));
  await permit.close(done, spent(null));
  const refused = await admit(null);
  expect(refused).toMatchObject({
    failure: { message: expect.stringContaining('with 5 tokens left and 10 tokens needed') },
  });
});

test('budgetAdmission() refuses when the ledger cannot be used', async () => {
  const broken: Ledger = {
    book: async (_amount: Amount) => Promise.reject(new Error('the disk is full')),
    standings: async () => [],
  };
  const admission = budgetAdmission({ ledger: broken, budgets: () => [], clock: virtualClock() });
  const wish = { runner: 'a', promptLength: 1, expected: { costUsd: 1, tokens: 1 } };
  expect(await admission.admit(wish, never)).toEqual({
    status: 'refused',
    failure: {
      kind: 'budget-exhausted',
      message: 'Not known what is left of the budget: the disk is full',
    },
  });
});
