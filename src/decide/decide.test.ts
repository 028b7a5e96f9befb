import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../domain/candidate.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Verdict } from '../domain/verdict.ts';
import { decide } from './decide.ts';

interface Row {
  readonly candidate: Candidate;
  readonly verdict: Verdict;
}

function code(seat: SeatId, tokens: string, status: Verdict['status'] = 'passed'): Row {
  const file = { path: `${seat}.py`, language: 'python', text: tokens };
  const outcomes = {
    passed: { status: 'passed' },
    failed: { status: 'failed', line: 3, message: 'unexpected ")"' },
    'not-run': { status: 'not-run', because: 'no grammar for "kotlin"' },
  } as const;
  const check = { checker: 'syntax', file: file.path, outcome: outcomes[status] };
  return {
    candidate: { status: 'code', seat, files: [file], prose: `By ${seat}.` },
    verdict: { seat, status, checks: [check], tokens: tokens.split(' ') },
  };
}

function prose(seat: SeatId, text: string): Row {
  return {
    candidate: { status: 'prose', seat, prose: text },
    verdict: { seat, status: 'not-run', checks: [], tokens: null },
  };
}

function none(seat: SeatId): Row {
  return {
    candidate: { status: 'none', seat, because: 'timed-out' },
    verdict: { seat, status: 'not-run', checks: [], tokens: null },
  };
}

const decideOn = (rows: readonly Row[], mode: 'medium' | 'architectural' = 'medium') =>
  decide({
    mode,
    candidates: rows.map(({ candidate }) => candidate),
    verdicts: rows.map(({ verdict }) => verdict),
  });

describe('decide() chooses', () => {
  test('the one most like the others, whichever comes first', () => {
    const rows = [code('a', 'x y z'), code('b', 'q r s t'), code('c', 'q r s u')];
    const decision = decideOn([...rows, code('d', 'q r v t')]);
    expect(decision).toMatchObject({ chosen: 'b', rule: 'agreement' });
    expect(decision.files).toEqual([{ path: 'b.py', language: 'python', text: 'q r s t' }]);
    expect(decision.prose).toBe('By b.');
  });

  test('from the larger group of equal candidates', () => {
    const rows = [code('a', 'x y z'), code('b', 'q r s'), code('c', 'q r s')];
    expect(decideOn(rows)).toMatchObject({ chosen: 'b', rule: 'preference' });
  });

  test('the first of two, because their likeness is mutual', () => {
    const rows = [code('a', 'x y z and much that is longer'), code('b', 'x y')];
    expect(decideOn(rows)).toMatchObject({ chosen: 'a', rule: 'preference' });
    expect(decideOn(rows.toReversed())).toMatchObject({ chosen: 'b', rule: 'preference' });
  });

  test('the only one that parses over any number of equal ones that do not', () => {
    const rows = [code('a', 'x y', 'failed'), code('b', 'x y', 'failed'), code('c', 'q')];
    const decision = decideOn(rows);
    expect(decision).toMatchObject({ chosen: 'c', rule: 'only-one-parsed' });
    expect(decision.rankings.map(({ eligible }) => eligible)).toEqual([false, false, true]);
  });

  test.each([
    ['that parses before unchecked code', code('a', 'x', 'not-run'), code('b', 'y')],
    ['unchecked before broken', code('a', 'x', 'failed'), code('b', 'y', 'not-run')],
    ['broken before prose', prose('a', 'Use a queue.'), code('b', 'y', 'failed')],
    ['prose before nothing', none('a'), prose('b', 'Use a queue.')],
  ])('code %s', (_, worse, better) => {
    expect(decideOn([worse, better]).chosen).toBe('b');
    expect(decideOn([better, worse]).chosen).toBe('b');
  });

  test('among prose by its words, when there is no code', () => {
    const rows = [
      prose('a', 'Draw a picture.'),
      prose('b', 'Put a queue before the worker.'),
      prose('c', 'Put a **queue** before the database!'),
      prose('d', 'Put a cache before the worker.'),
    ];
    const decision = decideOn(rows);
    expect(decision).toMatchObject({ chosen: 'b', rule: 'agreement', files: [] });
    expect(decision.prose).toBe('Put a queue before the worker.');
  });

  test('nothing when nobody answered', () => {
    const decision = decideOn([none('a'), none('b')]);
    expect(decision).toMatchObject({ chosen: null, rule: 'none', files: [], prose: '' });
    expect(decision.rankings).toHaveLength(2);
    expect(decision.explanation).toContain('a brought no answer (timed-out)');
  });

  test('nothing among no candidates', () => {
    expect(decideOn([])).toMatchObject({ chosen: null, rule: 'none', rankings: [] });
  });
});

describe('decide() explains', () => {
  const names = new Map([
    ['primary-1', 'codex'],
    ['primary-2', 'gemini'],
    ['primary-3', 'codex'],
    ['primary-4', 'grok'],
  ]);
  const explain = (rows: readonly Row[]) =>
    decide({
      mode: 'complex',
      candidates: rows.map(({ candidate }) => candidate),
      verdicts: rows.map(({ verdict }) => verdict),
      names,
    }).explanation;

  test('what was compared, the figures, the choice and what was left out', () => {
    const rows = [
      code('primary-1', 'x y z'),
      code('primary-2', 'x y z'),
      code('primary-3', 'x y'),
      code('primary-4', 'x', 'failed'),
    ];
    expect(explain(rows)).toBe(
      'Compared 3 of 4 candidates by their code, leaving out layout, comments and the names of locals; ' +
        'mean agreement with the others: codex (primary-1) 78.6 %, gemini 78.6 %, codex (primary-3) 57.1 %. ' +
        'codex (primary-1) and gemini are the same in all that was compared. ' +
        'codex (primary-1) was chosen because codex (primary-1) and gemini agree equally, ' +
        'and it comes first in the order of preference. ' +
        'Not compared: grok does not parse (primary-4.py, line 3: unexpected ")"). ' +
        'The code was parsed but not run: agreement is no proof that it is right.',
    );
  });

  test('openly that two cannot be told apart', () => {
    const text = explain([code('primary-1', 'x y'), code('primary-2', 'x z')]);
    expect(text).toContain('the agreement of two is mutual and cannot tell them apart');
    expect(text).toContain('it comes first in the order of preference');
  });

  test.each([
    [[code('primary-1', 'x')], 'it was the only one asked'],
    [[code('primary-1', 'x'), none('primary-2')], 'no other model brought an answer'],
    [[prose('primary-1', 'x'), code('primary-2', 'x', 'failed')], 'it is the only one with code'],
    [
      [code('primary-1', 'x', 'not-run'), code('primary-2', 'x', 'failed')],
      'its code is the only one not known to be broken',
    ],
  ])('why there was one to choose from', (rows, reason) => {
    expect(explain(rows)).toContain(reason);
  });

  test('nothing as verified', () => {
    fc.assert(
      fc.property(panels, (rows) => {
        expect(decideOn(rows).explanation).not.toMatch(/verif|correct|test/i);
      }),
    );
  });
});

test('decide() adds the synthesis in architectural mode only', () => {
  const rows = [prose('a', 'Put a queue before it.'), prose('b', 'Put a queue before it.')];
  expect(decideOn(rows).synthesis).toBeNull();
  const decision = decideOn(rows, 'architectural');
  expect(decision.synthesis?.agreements).toHaveLength(1);
  expect(decision.explanation).toContain('Every perspective is in the outputs');
});

const seats = ['a', 'b', 'c', 'd', 'e'];
const words = fc.array(fc.constantFrom('x', 'y', 'z', '('), { minLength: 1, maxLength: 6 });
const kinds = fc.constantFrom('passed', 'failed', 'not-run', 'prose', 'none');
const panels = fc
  .array(fc.tuple(words, kinds), { minLength: 1, maxLength: 5 })
  .map((rows) =>
    rows.map(([text, kind], index) => rowOf(seats[index] ?? '', text.join(' '), kind)),
  );

function rowOf(seat: SeatId, text: string, kind: Verdict['status'] | 'prose' | 'none'): Row {
  if (kind === 'none') return none(seat);
  return kind === 'prose' ? prose(seat, text) : code(seat, text, kind);
}

test('decide() gives the same figures for any order, and the same choice unless it says preference', () => {
  fc.assert(
    fc.property(panels, fc.infiniteStream(fc.nat()), (rows, stream) => {
      const keys = new Map(rows.map((row) => [row, stream.next().value]));
      const shuffled = rows.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
      const [one, other] = [decideOn(rows), decideOn(shuffled)];
      expect(other.rule).toBe(one.rule);
      if (one.rule !== 'preference') expect(other.chosen).toBe(one.chosen);
      const bySeat = (seat: SeatId) => other.rankings.find((row) => row.seat === seat);
      for (const ranking of one.rankings) expect(bySeat(ranking.seat)).toEqual(ranking);
    }),
  );
});

test('decide() never chooses or counts a seat that brought nothing', () => {
  fc.assert(
    fc.property(panels, (rows) => {
      const without = decideOn(rows);
      const withFailed = decideOn([none('failed-1'), ...rows, none('failed-2')]);
      expect(withFailed.chosen).toBe(without.chosen);
      expect(withFailed.rankings.slice(1, -1).map(({ agreement }) => agreement)).toEqual(
        without.rankings.map(({ agreement }) => agreement),
      );
      expect(withFailed.rankings).toHaveLength(rows.length + 2);
    }),
  );
});

test('decide() chooses one of the eligible with the highest agreement', () => {
  fc.assert(
    fc.property(panels, (rows) => {
      const { chosen, rankings } = decideOn(rows);
      const eligible = rankings.filter((row) => row.eligible);
      const highest = Math.max(...eligible.map(({ agreement }) => agreement ?? 0));
      const winner = eligible.find(({ seat }) => seat === chosen);
      expect(winner === undefined).toBe(chosen === null);
      if (winner !== undefined) expect(winner.agreement ?? 0).toBe(highest);
    }),
  );
});
