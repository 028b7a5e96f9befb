import { expect, test } from 'vitest';
import { runRecord } from './builders.ts';

test('runRecord() has one row for each seat in every list', () => {
  const { plan, attempts, candidates, verdicts, decision, validation } = runRecord();
  const ids = (role: string): readonly string[] =>
    plan.seats.filter((seat) => seat.role === role).map(({ id }) => id);
  const seatsOf = (rows: readonly { readonly seat: string }[]): readonly string[] =>
    rows.map(({ seat }) => seat);
  expect(seatsOf(attempts)).toEqual([...ids('primary'), ...ids('validator')]);
  expect([candidates, verdicts, decision.rankings].map(seatsOf)).toEqual(
    Array(3).fill(ids('primary')),
  );
  expect(seatsOf(validation.reviews)).toEqual(ids('validator'));
});
