import { expect, test } from 'vitest';
import type { Verification } from '../domain/decision.ts';
import type { Seat } from '../domain/plan.ts';
import { codeCandidate, decision, seat } from '../testing/builders.ts';
import { shortMatrix } from '../testing/short-matrix.ts';
import { isDecided } from './is-decided.ts';
import { select } from './select.ts';

const seats = (...ids: readonly string[]): readonly Seat[] =>
  ids.map((id) => seat(id, id.replace(/\d$/, '')));

/** What each seat does, by its id; `a1` and `a2` are of one family. */
function decided(
  does: Readonly<Record<string, string>>,
  left: readonly Seat[] = [],
  {
    status = 'verified',
    asked = seats(...Object.keys(does)),
  }: {
    readonly status?: Verification['status'];
    readonly asked?: readonly Seat[];
  } = {},
): boolean {
  const rows = Object.entries(does).map(([id, each]) => [
    id,
    { does: each, family: id.replace(/\d$/, '') },
  ]);
  const selection = select(shortMatrix(Object.fromEntries(rows)));
  const verification = { status, because: '', sandbox: null };
  const chosen = codeCandidate(selection.chosen ?? '', '');
  return isDecided(decision(chosen, { selection, verification }), { asked, left });
}

test('isDecided() takes one answer that meets what is demanded, and no other to come', () => {
  expect(decided({ a: '1 2' })).toBe(true);
  expect(decided({ a: '1 2' }, [], { status: 'unverified' })).toBe(false);
  expect(decided({ a: '1 2' }, [], { status: 'contradicted' })).toBe(false);
});

test('isDecided() waits for families that could outvote the first', () => {
  expect(decided({ a: '1', b: '1' }, seats('c'))).toBe(true);
  expect(decided({ a: '1', b: '1' }, seats('c', 'd'))).toBe(false);
  expect(decided({ a: '1', b: '1', c: '2' }, seats('d'))).toBe(false);
  expect(decided({ a: '1', b: '1', c: '1', d: '2' }, seats('e'))).toBe(true);
});

test('isDecided() counts samples of one family once, and not while more of them are to come', () => {
  expect(decided({ a1: '1', a2: '1' }, seats('b'))).toBe(false);
  expect(decided({ a: '1', b: '1' }, seats('a2'))).toBe(false);
  expect(decided({ a1: '1', a2: '2', b: '1' })).toBe(false);
});

test('isDecided() waits for a model that is known to be stronger', () => {
  const weak = seats('a', 'b').map((each) => ({ ...each, strength: 0.5 }));
  const strong = seats('c').map((each) => ({ ...each, strength: 0.9 }));
  expect(decided({ a: '1', b: '1' }, strong, { asked: weak })).toBe(false);
});
