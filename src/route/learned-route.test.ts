import { describe, expect, test } from 'vitest';
import type { Availability } from '../domain/availability.ts';
import type { TrackRecord } from '../domain/learning.ts';
import { task } from '../testing/builders.ts';
import type { Learned } from './learned-order.ts';
import { planOf } from './plan-of.ts';
import type { Routes } from './route.ts';

const unknown: TrackRecord = {
  won: 0,
  decided: 0,
  decidedInAll: 0,
  answered: 0,
  failed: 0,
  here: { right: 0, wrong: 0 },
  elsewhere: { right: 0, wrong: 0 },
  verified: { right: 0, wrong: 0 },
};

/** So many verified answers in the category, of which some are right. */
function known(won: number, decided: number): TrackRecord {
  const tally = { right: won, wrong: decided - won };
  return {
    ...unknown,
    won,
    decided,
    decidedInAll: decided,
    answered: decided,
    here: tally,
    verified: tally,
  };
}

/** By its numbers, never by chance: of 0.5 every draw is close to what is expected. */
function learnedFrom(records: Readonly<Record<string, TrackRecord>>, number = 0.5): Learned {
  const recordOf = (runner: string): TrackRecord => records[runner] ?? unknown;
  return { status: 'known', recordOf, random: () => number };
}

const strong = { v: known(380, 400), b: known(300, 400), a: known(100, 400), w: known(20, 400) };

function routesFor(learned: Learned | undefined): Routes {
  return {
    categories: [{ name: 'general', keywords: [], primaries: ['a', 'b'], validators: ['v', 'w'] }],
    modes: {
      simple: { primaries: 1, validators: 0 },
      medium: { primaries: 2, validators: 1 },
      complex: { primaries: 2, validators: 2 },
      architectural: { primaries: 'all', validators: 0 },
    },
    lastResorts: [],
    standingOf: (family) => ({ family, strength: undefined }),
    learned,
  };
}

function here(...names: readonly string[]): ReadonlyMap<string, Availability> {
  const gone: Availability = {
    status: 'unavailable',
    kind: 'not-installed',
    message: 'Not here',
    remedy: 'Install it',
  };
  return new Map(
    ['a', 'b', 'v', 'w'].map((name): [string, Availability] => [
      name,
      names.includes(name) ? { status: 'available', where: '/here' } : gone,
    ]),
  );
}

const everyone = here('a', 'b', 'v', 'w');
const asked = task('Add two numbers');

describe('planOf() by what the history says', () => {
  test('gives the primary seats to the best, and the validators’ to who is left', () => {
    const { seats, route } = planOf(asked, routesFor(learnedFrom(strong)), everyone);
    expect(seats.map(({ id, runner }) => `${id} ${runner}`)).toEqual([
      'primary-1 v',
      'primary-2 b',
      'validator-1 w',
    ]);
    expect(route.reason).toContain('drawn by what the history says');
    expect(route.learning).toMatchObject({
      status: 'used',
      explored: false,
      draws: [
        { runner: 'v', won: 380, decided: 400 },
        { runner: 'b' },
        { runner: 'a' },
        { runner: 'w' },
      ],
    });
  });

  test('loses no seat of a validator', () => {
    const complex = { ...asked, mode: 'complex' } as const;
    const { seats } = planOf(complex, routesFor(learnedFrom(strong)), everyone);
    expect(seats.map(({ runner }) => runner)).toEqual(['v', 'b', 'w', 'a']);
  });

  test('draws only those that can be asked here', () => {
    const { seats, substitutions } = planOf(asked, routesFor(learnedFrom(strong)), here('a', 'w'));
    expect(seats.slice(0, 2).map(({ runner }) => runner)).toEqual(['a', 'w']);
    expect(substitutions).toEqual([]);
  });

  test('leaves validators that were named where they are', () => {
    const named = { ...asked, validators: ['v'] };
    const { seats } = planOf(named, routesFor(learnedFrom(strong)), everyone);
    expect(seats.map(({ runner }) => runner)).toEqual(['b', 'a', 'v']);
  });

  test('draws by chance in a few runs, and says so', () => {
    const { route } = planOf(asked, routesFor(learnedFrom(strong, 0.01)), everyone);
    expect(route.learning).toMatchObject({ status: 'used', explored: true });
    expect(route.reason).toContain('asked in 5 % of all runs');
  });

  test('weighs votes by what was verified, within bounds, and only then', () => {
    const { seats } = planOf(asked, routesFor(learnedFrom({ ...strong, w: unknown })), everyone);
    expect(seats.map(({ strength }) => strength)).toEqual([
      0.75,
      expect.closeTo(0.744, 3),
      undefined,
    ]);
    const usual = planOf(asked, routesFor(undefined), everyone);
    expect(usual.seats.map(({ strength }) => strength)).toEqual([undefined, undefined, undefined]);
  });

  test.each<[string, Learned, Parameters<typeof planOf>[0]]>([
    ['no runs are kept', { status: 'unknown', because: 'no runs are kept' }, asked],
    ['19 answers of these models won or lost', learnedFrom({ a: known(9, 19) }), asked],
    ['the models were named', learnedFrom(strong), { ...asked, models: ['b', 'a'] }],
  ])('takes the usual route and says so where %s', (because, learned, wanted) => {
    const usual = planOf(wanted, routesFor(undefined), everyone);
    const { route, seats } = planOf(wanted, routesFor(learned), everyone);
    expect(seats).toEqual(usual.seats);
    expect(route.reason).toContain(`the history was not used: ${because}`);
    expect(route.learning).toMatchObject({ status: 'not-used' });
  });

  test('says nothing of the history where the route is not to go by it', () => {
    expect(planOf(asked, routesFor(undefined), everyone).route.learning).toBeUndefined();
  });

  test('puts a model last that seldom answers, however right it is', () => {
    const silent = { ...known(400, 400), failed: 3600 };
    const { seats } = planOf(asked, routesFor(learnedFrom({ ...strong, v: silent })), everyone);
    expect(seats.slice(0, 2).map(({ runner }) => runner)).toEqual(['b', 'a']);
  });

  test('draws a model without runs in the category to what it did elsewhere', () => {
    const elsewhere = { ...unknown, decidedInAll: 400, elsewhere: { right: 390, wrong: 10 } };
    const { route } = planOf(asked, routesFor(learnedFrom({ ...strong, w: elsewhere })), everyone);
    const draws = route.learning?.status === 'used' ? route.learning.draws : [];
    expect(draws.find(({ runner }) => runner === 'w')?.expected).toBeCloseTo(0.9 * 0.97, 1);
  });
});
