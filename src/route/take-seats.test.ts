import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Availability } from '../domain/availability.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Plan, Route } from '../domain/plan.ts';
import { takeSeats } from './take-seats.ts';

const all = ['a', 'b', 'c', 'd'];
const missing: Availability = {
  status: 'unavailable',
  kind: 'not-installed',
  message: 'not found',
  remedy: 'install it',
};
const here = (...names: string[]): ReadonlyMap<string, Availability> =>
  new Map(
    all.map((name) => [name, names.includes(name) ? { status: 'available', where: '' } : missing]),
  );
const route = (primaries: string[], validators: string[]): Route => ({
  category: 'general',
  mode: 'medium',
  primaries,
  validators,
  words: [],
  reason: '',
});
const seatsOf = (plan: Plan): readonly string[] =>
  plan.seats.map(({ id, runner, unavailable }) => `${id} ${unavailable ? 'no ' : ''}${runner}`);

describe('takeSeats()', () => {
  test('seats the planned runners when all are available', () => {
    const plan = takeSeats(route(['a', 'b'], ['c']), {
      availability: here(...all),
      substitutes: all,
    });
    expect(seatsOf(plan)).toEqual(['primary-1 a', 'primary-2 b', 'validator-1 c']);
    expect(plan.substitutions).toEqual([]);
  });

  test('gives the seat of an unavailable runner to the next without a seat', () => {
    const plan = takeSeats(route(['a', 'b'], ['c']), {
      availability: here('b', 'c', 'd'),
      substitutes: all,
    });
    expect(seatsOf(plan)).toEqual(['primary-1 d', 'primary-2 b', 'validator-1 c']);
    expect(plan.substitutions).toEqual([
      { seat: 'primary-1', planned: 'a', runner: 'd', because: 'not-installed' },
    ]);
  });

  test('fills a primary seat from the validators when nobody else is left', () => {
    const plan = takeSeats(route(['a', 'b'], ['c']), { availability: here('c'), substitutes: all });
    expect(seatsOf(plan)).toEqual(['primary-1 c', 'primary-2 no b', 'validator-1 no c']);
  });

  test('keeps the seat of an unavailable runner when substitution is forbidden', () => {
    const plan = takeSeats(route(['a', 'b'], []), {
      availability: here('b', 'c'),
      substitutes: [],
    });
    expect(seatsOf(plan)).toEqual(['primary-1 no a', 'primary-2 b']);
    expect(plan.seats[0]?.unavailable).toEqual(missing);
  });

  test('refuses a name without a runner and says which there are', () => {
    const seating = { availability: here('a'), substitutes: all };
    expect(() => takeSeats(route(['gpt'], []), seating)).toThrow(
      'Cannot ask "gpt": known runners are a, b, c, d',
    );
  });

  test('refuses a validator that is also a primary', () => {
    const seating = { availability: here('a'), substitutes: all };
    expect(() => takeSeats(route(['a'], ['a']), seating)).toThrow(OrchestratorError);
  });

  test('has one seat for each planned name and asks nobody twice, whoever is available', () => {
    fc.assert(
      fc.property(
        fc.subarray(all),
        fc.shuffledSubarray(all),
        fc.nat(4),
        (available, names, cut) => {
          const planned = route(names.slice(0, cut), names.slice(cut));
          const plan = takeSeats(planned, { availability: here(...available), substitutes: all });
          const asked = plan.seats.filter((seat) => !seat.unavailable).map((seat) => seat.runner);
          expect(plan.seats).toHaveLength(names.length);
          expect(new Set(asked).size).toBe(asked.length);
          expect(asked.every((name) => available.includes(name))).toBe(true);
        },
      ),
    );
  });
});
