import { expect, test } from 'vitest';
import { shortMatrix } from '../testing/short-matrix.ts';
import { select } from './select.ts';

const checks = (passed: number) => ({ passed, total: 2 });

test('select() takes what most families do when nothing else is known', () => {
  const { chosen, reason, separating } = select(
    shortMatrix({ a: { does: '1 2' }, b: { does: '1 3' }, c: { does: '1 3' } }),
  );
  expect(chosen).toMatch(/[bc]/);
  expect(reason).toBe('score');
  expect(separating).toEqual({
    input: 'i1',
    chosen: { kind: 'value', key: '3' },
    other: { kind: 'value', key: '2' },
  });
});

test('select() takes the one that agrees most where all behave differently', () => {
  const matrix = shortMatrix({ a: { does: '1 2 9' }, b: { does: '1 2 3' }, c: { does: '0 2 3' } });
  expect(select(matrix).chosen).toBe('b');
});

test('select() lets an example outweigh every vote', () => {
  const rows = { a: { does: '1 2' }, b: { does: '1 3' }, c: { does: '1 3' } };
  expect(select(shortMatrix(rows, [[1, '2', 'example']]))).toMatchObject({
    chosen: 'a',
    reason: 'examples',
  });
});

test("select() lets the user's tests outweigh the examples, and the user's checks both", () => {
  const rows = { a: { does: '1 2' }, b: { does: '1 3' }, c: { does: '7 4' } };
  const tests = [
    [1, '2', 'example'],
    [1, '3', 'user'],
  ] as const;
  expect(select(shortMatrix(rows, tests))).toMatchObject({ chosen: 'b', reason: 'user-tests' });
  const checked = {
    a: { does: '1 2', checks: checks(1) },
    b: { does: '1 3', checks: checks(1) },
    c: { does: '7 4', checks: checks(2) },
  };
  expect(select(shortMatrix(checked, tests))).toMatchObject({ chosen: 'c', reason: 'checks' });
});

test('select() tells candidates of one behaviour apart by the checks', () => {
  const rows = {
    a: { does: '1', checks: checks(1) },
    b: { does: '1', checks: checks(2), size: 99 },
  };
  expect(select(shortMatrix(rows))).toMatchObject({ chosen: 'b', reason: 'checks' });
});

test('select() believes the stronger of two models that differ', () => {
  const rows = { a: { does: '1 2', strength: 0.6 }, b: { does: '1 3', strength: 0.8 } };
  expect(select(shortMatrix(rows))).toMatchObject({ chosen: 'b', reason: 'score' });
});

test('select() lets two weaker models outvote a stronger one that is not much stronger', () => {
  const pair = { b: { does: '1 3', strength: 0.7 }, c: { does: '1 3', strength: 0.7 } };
  expect(select(shortMatrix({ a: { does: '1 2', strength: 0.75 }, ...pair })).chosen).toMatch(
    /[bc]/,
  );
  expect(select(shortMatrix({ a: { does: '1 2', strength: 0.95 }, ...pair })).chosen).toBe('a');
});

test('select() takes the smaller program when nothing tells two apart', () => {
  const rows = { a: { does: '1', size: 30 }, b: { does: '1', size: 20 } };
  expect(select(shortMatrix(rows))).toMatchObject({
    chosen: 'b',
    reason: 'one-behaviour',
    margin: 1,
  });
  const differing = { a: { does: '1', size: 30 }, b: { does: '2', size: 20 } };
  expect(select(shortMatrix(differing))).toMatchObject({ chosen: 'b', reason: 'size', margin: 0 });
});

test('select() counts a value for more than an exception that others share', () => {
  const rows = {
    a: { does: '!TypeError !TypeError' },
    b: { does: '!TypeError !TypeError' },
    c: { does: '1 2' },
  };
  expect(select(shortMatrix(rows)).chosen).toBe('c');
});

test('select() gives a family with many samples the vote of one', () => {
  const sample = (program: string, does: string) => ({ family: 'many', program, does });
  const rows = {
    m1: sample('p', '1 2'),
    m2: sample('q', '1 2'),
    m3: sample('r', '1 2'),
    x: { does: '1 3' },
    y: { does: '1 3' },
  };
  expect(select(shortMatrix(rows)).chosen).toMatch(/[xy]/);
});

test('select() takes what the samples of one model do most often', () => {
  const sample = (program: string, does: string) => ({ family: 'one', program, does });
  const rows = { a: sample('p', '1 2'), b: sample('q', '1 3'), c: sample('r', '1 3') };
  const { chosen, behaviours } = select(shortMatrix(rows));
  expect(chosen).toMatch(/[bc]/);
  expect(behaviours[0]).toMatchObject({ members: ['b', 'c'], families: 1 });
  expect(behaviours[0]?.consistency).toBeCloseTo(2 / 3);
});

test('select() prefers what one model does twice to a lone sample that agrees a little more', () => {
  const sample = (does: string) => ({ family: 'one', does });
  const rows = {
    a: sample('1 1 1 9'),
    b: sample('1 1 1 9'),
    c: sample('1 1 1 2'),
    d: sample('5 1 1 2'),
    e: sample('1 5 1 2'),
    f: sample('1 1 5 2'),
  };
  expect(select(shortMatrix(rows)).chosen).toMatch(/[ab]/);
});

test('select() keeps a row for a candidate that never ran, and never takes it before one that did', () => {
  const rows = { a: { does: '- -', strength: 0.9, size: 1 }, b: { does: '!TypeError !TypeError' } };
  const { chosen, rows: told, familiesRun } = select(shortMatrix(rows));
  expect(chosen).toBe('b');
  expect(told[0]).toMatchObject({ candidate: 'a', behaviour: null, rank: 2 });
  expect(familiesRun).toBe(1);
});

test('select() has nothing to choose from an empty matrix', () => {
  expect(select(shortMatrix({}))).toMatchObject({ chosen: null, reason: 'no-candidate', rows: [] });
});

test('select() says that there was only one', () => {
  expect(select(shortMatrix({ a: { does: '1' } }))).toMatchObject({
    chosen: 'a',
    reason: 'only-candidate',
  });
});
