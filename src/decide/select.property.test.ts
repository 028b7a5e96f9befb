import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix, MatrixCandidate, Outcome } from '../domain/matrix.ts';
import type { Selection } from '../domain/selection.ts';
import { select } from './select.ts';

const width = 5;
const sources = ['user', 'example', 'validator', 'generated'] as const;

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('value'), key: fc.constantFrom('1', '2', '3') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('raised'), error: fc.constantFrom('A', 'B') }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'timed-out' }, { kind: 'flaky' }) },
);
const programs = fc.array(
  fc.record({
    row: fc.array(outcomes, { minLength: width, maxLength: width }),
    size: fc.integer({ min: 1, max: 4 }),
    passed: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 1, maxLength: 6 },
);
const authors = fc.array(
  fc.record({
    strength: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    wrote: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 5 },
);
const claims = fc.array(
  fc.record({
    input: fc.nat({ max: width - 1 }),
    expected: fc.constantFrom('1', '2', '3', '4'),
    source: fc.constantFrom(...sources),
    stubPasses: fc.boolean(),
  }),
  { maxLength: 8 },
);

/** Panels of families that wrote one or several programs, some the same. */
const matrices: fc.Arbitrary<Matrix> = fc
  .record({ programs, authors, claims })
  .map(({ programs: all, authors: families, claims: made }) => {
    const rows = families.flatMap(({ strength, wrote }, family) =>
      wrote.map((pick, index) => ({ family, strength, index, program: pick % all.length })),
    );
    return {
      candidates: rows.map(({ family, strength, index, program }) => ({
        id: `c${family}-${index}`,
        family: `f${family}`,
        strength,
        program: `p${program}`,
        size: all[program]?.size ?? 0,
        checks: { passed: all[program]?.passed ?? 0, total: 2 },
      })),
      inputs: Array.from({ length: width }, (_, index) => ({
        id: `i${index}`,
        source: 'generated',
      })),
      tests: made.map((claim, index) => ({ id: `t${index}`, ...claim })),
      outcomes: rows.map(({ program }) => all[program]?.row ?? []),
    };
  });

const programOf = ({ candidates }: Matrix, { chosen }: Selection): string | undefined =>
  candidates.find(({ id }) => id === chosen)?.program;
const holds = (check: (matrix: Matrix, dice: readonly number[]) => void): void =>
  fc.assert(fc.property(matrices, fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), check), {
    numRuns: 300,
  });
const shuffled = (length: number, dice: readonly number[]): number[] =>
  Array.from({ length }, (_, index) => index).toSorted((a, b) => (dice[a] ?? 0) - (dice[b] ?? 0));
const withRow = (matrix: Matrix, row: MatrixCandidate, did: readonly Outcome[]): Matrix => ({
  ...matrix,
  candidates: [...matrix.candidates, row],
  outcomes: [...matrix.outcomes, did],
});
const expectSame = (a: Matrix, b: Matrix): void =>
  expect(programOf(b, select(b))).toBe(programOf(a, select(a)));

test('select() takes the same program whatever the order of candidates, inputs and tests', () => {
  holds((matrix, dice) => {
    const order = shuffled(matrix.candidates.length, dice);
    const columns = shuffled(width, dice.toReversed());
    const pick = <T>(list: readonly T[], places: readonly number[]): T[] =>
      places.flatMap((place) => list.slice(place, place + 1));
    expectSame(matrix, {
      candidates: pick(matrix.candidates, order),
      inputs: pick(matrix.inputs, columns),
      tests: matrix.tests
        .map((one) => ({ ...one, input: columns.indexOf(one.input) }))
        .toReversed(),
      outcomes: pick(matrix.outcomes, order).map((row) => pick(row, columns)),
    });
  });
});

test('select() takes the same program whatever candidates, families, inputs and tests are called', () => {
  // Each letter becomes its opposite, so that the names sort the other way round.
  const renamed = (name: string): string =>
    [...name].map((letter) => String.fromCharCode(200 - letter.charCodeAt(0))).join('');
  holds((matrix) => {
    expectSame(matrix, {
      ...matrix,
      candidates: matrix.candidates.map((row) => ({
        ...row,
        id: renamed(row.id),
        family: renamed(row.family),
      })),
      inputs: matrix.inputs.map((input) => ({ ...input, id: renamed(input.id) })),
      tests: matrix.tests.map((one) => ({ ...one, id: renamed(one.id) })),
    });
  });
});

test('select() takes the same behaviour whatever the programs say, unless nothing else is left', () => {
  holds((matrix) => {
    const before = select(matrix);
    const candidates = matrix.candidates.map((row) => ({
      ...row,
      program: [...row.program].reverse().join(''),
    }));
    const after = select({ ...matrix, candidates });
    if (before.reason === 'program') return;
    expect(after.reason).toBe(before.reason);
    expect(after.behaviours[0]?.members).toEqual(before.behaviours[0]?.members);
  });
});

test('select() takes the same program when a family repeats one of its own', () => {
  holds((matrix, [die = 0]) => {
    const place = die % matrix.candidates.length;
    const twin = matrix.candidates[place];
    if (twin === undefined) return;
    expectSame(matrix, withRow(matrix, { ...twin, id: 'twin' }, matrix.outcomes[place] ?? []));
  });
});

test('select() takes the same program when a seat that failed is a row too', () => {
  holds((matrix) => {
    const checks = { passed: 0, total: 0 };
    const lost = { id: 'lost', family: 'f0', strength: 1, program: 'none', size: 0, checks };
    const did = matrix.inputs.map((): Outcome => ({ kind: 'not-run', because: 'the seat failed' }));
    expectSame(matrix, withRow(matrix, lost, did));
  });
});

test('select() takes the same program with or without tests that say nothing', () => {
  holds((matrix) => {
    const { tests } = select(matrix);
    const silent = new Set(
      tests.flatMap(({ test: id, because }) =>
        because === 'separates-nothing' || because === 'stub-passes' || because === 'repeated'
          ? [id]
          : [],
      ),
    );
    const rest = matrix.tests.filter(({ id }) => !silent.has(id));
    expectSame(matrix, { ...matrix, tests: rest });
  });
});

test('select() ranks every candidate once, with numbers in their ranges', () => {
  holds((matrix) => {
    const { rows, tests, margin } = select(matrix);
    expect(rows.map(({ candidate }) => candidate)).toEqual(matrix.candidates.map(({ id }) => id));
    expect(rows.map(({ rank }) => rank).toSorted((a, b) => a - b)).toEqual(
      rows.map((_, index) => index + 1),
    );
    const shares = [
      margin,
      ...rows.flatMap(({ consistency, agreement, checks }) => [consistency, agreement, checks]),
      ...tests.map(({ weight }) => weight),
    ];
    for (const share of shares) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });
});
