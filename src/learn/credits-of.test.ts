import { describe, expect, test } from 'vitest';
import type { Attempt } from '../domain/attempt.ts';
import type { Credit } from '../domain/credit.ts';
import type { Decision, Ranking } from '../domain/decision.ts';
import type { RunStatus, StoredEvent } from '../domain/event.ts';
import { type FailureKind, failureFacts } from '../domain/failure.ts';
import type { Observed, Seen } from '../domain/observed.ts';
import type { Plan, Seat } from '../domain/plan.ts';
import type { ScoreParts, Selection } from '../domain/selection.ts';
import type { Settlement } from '../domain/settlement.ts';
import type { Suite } from '../domain/suite.ts';
import type { Check } from '../domain/verdict.ts';
import {
  answered,
  codeCandidate,
  decision,
  failed,
  observed,
  plan,
  seat,
  suite,
  task,
  testCase,
} from '../testing/builders.ts';
import { creditsOf } from './credits-of.ts';

const names = ['a', 'b', 'c'] as const;
const seats = names.map((name, index) => seat(`primary-${index + 1}`, name));

interface RunParts {
  readonly attempts?: readonly Attempt[];
  readonly plan?: Plan;
  readonly decision?: Partial<Decision>;
  /** Checks of the person, by seat. */
  readonly checks?: Readonly<Record<string, readonly Check[]>>;
  readonly suite?: Suite;
  readonly observed?: readonly Observed[];
  readonly settlement?: Settlement;
  readonly status?: RunStatus;
}

/** A run in which all answered and `a` was chosen, with what is said otherwise. */
function creditsIn(parts: RunParts): Readonly<Record<string, string>> {
  const made = parts.plan ?? plan(seats);
  const attempts = parts.attempts ?? made.seats.map((each) => answered(each, each.runner));
  const events: readonly StoredEvent[] = [
    { type: 'run-started', task: task('x') },
    { type: 'plan-made', value: made },
    ...attempts.map((value) => ({ type: 'attempt-ended', seat: value.seat, value }) as const),
    ...Object.entries(parts.checks ?? {}).map(([id, checks]) => {
      const value = { seat: id, status: 'passed', checks, tokens: null } as const;
      return { type: 'verdict-given', seat: id, value } as const;
    }),
    ...(parts.suite ? [{ type: 'suite-made', value: parts.suite } as const] : []),
    ...(parts.observed ?? []).map(
      (value) => ({ type: 'candidate-observed', seat: value.seat, value }) as const,
    ),
    ...(parts.settlement ? [{ type: 'settlement-made', value: parts.settlement } as const] : []),
    {
      type: 'decision-made',
      value: decision(codeCandidate('primary-1', 'x'), parts.decision),
    },
    { type: 'run-ended', status: parts.status ?? 'complete' },
  ];
  return Object.fromEntries(creditsOf(events).map((credit) => [credit.seat, shown(credit)]));
}

function shown({ result, basis, failure }: Credit): string {
  return [result, basis ?? failure].filter((part) => part !== null).join(' ');
}

const scoreless: ScoreParts = {
  userTests: 0,
  examples: 0,
  consistency: 1,
  agreement: 0,
  tests: 0,
  score: 0,
};

/** A selection of behaviours and scores, in the order of the seats; null for one that could not be run. */
function selected(
  rows: readonly (readonly [behaviour: number | null, score: number])[],
  change: Partial<Selection> = {},
): Selection {
  return {
    chosen: 'primary-1',
    reason: 'score',
    behaviours: [],
    rows: rows.map(([behaviour, score], index) => ({
      ...scoreless,
      candidate: `primary-${index + 1}`,
      behaviour,
      checks: 0,
      rank: index + 1,
      score,
    })),
    tests: [],
    margin: 0,
    separating: null,
    familiesRun: rows.length,
    ...change,
  };
}

function ranked(agreements: readonly (number | null)[]): readonly Ranking[] {
  return agreements.map((agreement, index) => {
    const eligible = agreement !== null;
    return { seat: `primary-${index + 1}`, eligible, agreement, reason: 'Scripted' };
  });
}

function checked(outcome: Check['outcome'], change: Partial<Check> = {}): readonly Check[] {
  return [{ checker: 'command', file: null, outcome, ...change }];
}

function at(value: string): Seen {
  return { kind: 'returned', value: { int: value }, printed: '', changed: [] };
}

const wrong = { status: 'failed', line: null, message: 'no' } as const;

describe('creditsOf(), by running answers against what is demanded', () => {
  test('lets everyone win that passes the checks, and everyone lose that does not, whoever was chosen', () => {
    const checks = {
      'primary-1': checked({ status: 'passed' }),
      'primary-2': checked({ status: 'passed' }),
      'primary-3': checked(wrong),
    };
    const selection = selected([
      [0, 2],
      [1, 1],
      [2, 1],
    ]);
    expect(creditsIn({ checks, decision: { rule: 'score', selection } })).toEqual({
      'primary-1': 'won verified',
      'primary-2': 'won verified',
      'primary-3': 'lost verified',
    });
  });

  test('lets the chosen one lose when it fails what was shown', () => {
    const checks = { 'primary-1': checked(wrong), 'primary-2': checked(wrong) };
    expect(creditsIn({ checks })).toMatchObject({ 'primary-1': 'lost verified' });
  });

  test('goes by the examples of the task, and not by tests that models wrote', () => {
    const shownTest = suite([testCase('example-1', [1, 2]), testCase('validator-1', [2, 3])]);
    const parts = {
      suite: shownTest,
      observed: [
        observed('primary-1', [at('2'), at('9')]),
        observed('primary-2', [at('5'), at('3')]),
      ],
    };
    expect(creditsIn(parts)).toMatchObject({
      'primary-1': 'won verified',
      'primary-2': 'lost verified',
    });
    const written = { ...parts, suite: suite([testCase('validator-1', [1, 2])]) };
    expect(Object.values(creditsIn(written)).join()).not.toContain('verified');
  });

  test.each([
    ['an empty answer passes it as well', { weightless: 'an empty answer passes' }],
    ['the answer could have bent it', { selfReported: true }],
  ])('takes no pass for a proof where %s', (_, change) => {
    const checks = { 'primary-1': checked({ status: 'passed' }, change) };
    expect(Object.values(creditsIn({ checks })).join()).not.toContain('verified');
  });

  test('counts a single answer that was verified', () => {
    const alone = plan(seats.slice(0, 1));
    expect(creditsIn({ plan: alone })).toEqual({ 'primary-1': 'uncompared' });
    const checks = { 'primary-1': checked({ status: 'passed' }) };
    expect(creditsIn({ plan: alone, checks })).toEqual({ 'primary-1': 'won verified' });
  });
});

describe('creditsOf(), of answers that meet all that is shown', () => {
  const weighed = [
    { test: 'example-1', weight: 1, because: 'shown' },
    { test: 'validator-1', weight: 0.5, because: 'weighed' },
    { test: 'validator-2', weight: 0.4, because: 'weighed' },
  ] as const;
  const selection = selected(
    [
      [0, 2],
      [1, 1],
      [2, 1],
    ],
    { tests: weighed },
  );
  const tests = [
    testCase('example-1', [1, 1]),
    testCase('validator-1', [2, 2]),
    testCase('validator-2', [3, 3]),
    testCase('generated-1', [4]),
  ];
  const does = (id: string, ...values: readonly string[]): Observed => observed(id, values.map(at));
  const parts = {
    suite: suite(tests),
    observed: [
      does('primary-1', '1', '2', '9', '4'),
      does('primary-2', '1', '2', '9', '5'),
      does('primary-3', '1', '8', '3', '4'),
    ],
    decision: { rule: 'score', selection },
  } as const;

  test('lets the one lose that meets less of the tests of models that counted, and nobody for a vote', () => {
    expect(creditsIn(parts)).toEqual({
      'primary-1': 'won verified',
      'primary-2': 'won verified',
      'primary-3': 'lost tests',
    });
  });

  test.each<[string, Partial<Selection>]>([
    [
      'counted for nothing',
      { tests: weighed.map((each) => ({ ...each, weight: 0, because: 'contradicted' })) },
    ],
    [
      'speak for the others as well',
      { tests: weighed.map((each) => ({ ...each, weight: 0.5, because: 'weighed' })) },
    ],
  ])('lets all win where tests of models %s', (_, change) => {
    const decided = { rule: 'score', selection: { ...selection, ...change } } as const;
    const credits = Object.values(creditsIn({ ...parts, decision: decided }));
    expect(credits).toEqual(['won verified', 'won verified', 'won verified']);
  });

  test('takes no test into account that an answer could not be run on', () => {
    const row = observed('primary-3', [at('1'), { kind: 'not-run', because: 'python' }, at('9')]);
    const credits = creditsIn({ ...parts, observed: [...parts.observed.slice(0, 2), row] });
    expect(credits).toMatchObject({ 'primary-3': 'won verified' });
  });

  test('lets everyone lose that gives another result where a judge named that of the chosen one', () => {
    const side = { seats: [], outcome: '' };
    const judgement = { status: 'decided', side: 0, judge: 'validator-1', why: '' } as const;
    const facts = { input: 'f(4)', isClose: true, bothReturn: true } as const;
    const settlement: Settlement = {
      ...facts,
      test: 'generated-1',
      sides: [side, side],
      judgement,
    };
    const unweighed = { ...selection, tests: [] };
    const judged = { rule: 'judged', selection: unweighed } as const;
    expect(creditsIn({ ...parts, settlement, decision: judged })).toEqual({
      'primary-1': 'won verified',
      'primary-2': 'lost tests',
      'primary-3': 'won verified',
    });
    const open = { ...settlement, judgement: { ...judgement, status: 'open' } as const };
    const voted = { rule: 'score', selection: unweighed } as const;
    const credits = creditsIn({ ...parts, settlement: open, decision: voted });
    expect(new Set(Object.values(credits))).toEqual(new Set(['won verified']));
  });

  test('tells the first answer of a model from a later one that was chosen', () => {
    const again: Seat = { ...seat('primary-3', 'a'), sample: 2 };
    const made = plan([...seats.slice(0, 2), again]);
    const rows = [
      does('primary-1', '1', '8', '9', '4'),
      does('primary-2', '1', '2', '9', '5'),
      does('primary-3', '1', '2', '9', '4'),
    ];
    const decided = { ...parts.decision, chosen: 'primary-3' };
    expect(creditsIn({ ...parts, plan: made, observed: rows, decision: decided })).toEqual({
      'primary-1': 'lost tests',
      'primary-2': 'won verified',
      'primary-3': 'uncompared',
    });
  });

  test.each<[string, RunParts]>([
    ['a merged answer', { decision: { rule: 'merged', selection } }],
    ['a cancelled run', { status: 'cancelled' }],
  ])('tells nobody apart in %s', (_, change) => {
    expect(Object.values(creditsIn({ ...parts, ...change }))).toEqual([
      'won verified',
      'won verified',
      'won verified',
    ]);
  });
});

describe('creditsOf(), by comparing answers', () => {
  test('lets both win that do the same, where a third does something else', () => {
    const selection = selected([
      [0, 2],
      [0, 2],
      [1, 1],
    ]);
    expect(creditsIn({ decision: { rule: 'score', selection } })).toEqual({
      'primary-1': 'won behaviour',
      'primary-2': 'won behaviour',
      'primary-3': 'lost behaviour',
    });
  });

  test('says that tests took part where one had a weight', () => {
    const tests = [{ test: 'validator-1', weight: 0.5, because: 'weighed' }] as const;
    const selection = selected(
      [
        [0, 2],
        [1, 1],
        [null, 0],
      ],
      { tests },
    );
    expect(creditsIn({ decision: { rule: 'score', selection } })).toEqual({
      'primary-1': 'won tests',
      'primary-2': 'lost tests',
      'primary-3': 'uncompared',
    });
  });

  test.each(['one-behaviour', 'strength', 'size', 'program'] as const)(
    'ties what only %s tells apart',
    (rule) => {
      const place = rule === 'one-behaviour' ? 0 : 1;
      const selection = selected([
        [0, 2],
        [place, 2],
        [place, 2],
      ]);
      expect(Object.values(creditsIn({ decision: { rule, selection } }))).toEqual([
        'tied',
        'tied',
        'tied',
      ]);
    },
  );

  test('ties the leaders that nothing tells apart, and lets who is behind them lose', () => {
    const selection = selected([
      [0, 2],
      [1, 2],
      [2, 1],
    ]);
    expect(Object.values(creditsIn({ decision: { rule: 'size', selection } }))).toEqual([
      'tied',
      'tied',
      'lost behaviour',
    ]);
  });

  test('goes by the judge where that decided, whatever the scores', () => {
    const selection = selected([
      [0, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(Object.values(creditsIn({ decision: { rule: 'judged', selection } }))).toEqual([
      'won tests',
      'lost tests',
      'lost tests',
    ]);
  });

  test('goes by the text where nothing was run', () => {
    const rankings = ranked([0.9, 0.4, null]);
    expect(Object.values(creditsIn({ decision: { rule: 'agreement', rankings } }))).toEqual([
      'won text',
      'lost text',
      'lost text',
    ]);
    const alike = { rule: 'preference', rankings: ranked([0.5, 0.5, 0.5]) } as const;
    expect(Object.values(creditsIn({ decision: alike }))).toEqual(['tied', 'tied', 'tied']);
  });

  test.each<[string, RunParts]>([
    ['a merged answer', { decision: { rule: 'merged' } }],
    ['a cancelled run', { status: 'cancelled' }],
    ['a run without a choice', { decision: { chosen: null } }],
    [
      'a design',
      { plan: { ...plan(seats), route: { ...plan(seats).route, mode: 'architectural' } } },
    ],
  ])('compares nothing in %s', (_, parts) => {
    const rankings = ranked([0.9, 0.4, 0.1]);
    const all = { ...parts, decision: { rule: 'agreement', rankings, ...parts.decision } as const };
    expect(Object.values(creditsIn(all))).toEqual(['uncompared', 'uncompared', 'uncompared']);
  });

  test('counts one answer of several of one model', () => {
    const again: Seat = { ...seat('primary-1.2', 'a'), sample: 2 };
    const made = plan([...seats.slice(0, 2), again]);
    const rankings = ranked([0.9, 0.4]);
    const checks = { 'primary-1.2': checked({ status: 'passed' }) };
    expect(creditsIn({ plan: made, checks, decision: { rule: 'agreement', rankings } })).toEqual({
      'primary-1': 'won text',
      'primary-2': 'lost text',
      'primary-1.2': 'uncompared',
    });
  });
});

describe('creditsOf(), of seats without an answer', () => {
  const kinds = Object.keys(failureFacts).filter(
    (kind): kind is FailureKind => kind in failureFacts,
  );

  test.each(kinds)('never counts %s as a win or a loss', (kind) => {
    const attempts = seats.map((each) =>
      each.runner === 'c' ? failed(each, kind) : answered(each, 'x'),
    );
    const rankings = ranked([0.9, 0.4, null]);
    const credits = creditsIn({ attempts, decision: { rule: 'agreement', rankings } });
    expect(credits['primary-3']).toMatch(/^(?:failed .+|unasked)$/);
  });

  test('tells failures of the model from what it has no part in', () => {
    const attempts = [
      failed(seats[0] ?? seat('primary-1', 'a'), 'timed-out'),
      failed(seats[1] ?? seat('primary-2', 'b'), 'unauthorized'),
      failed(seats[2] ?? seat('primary-3', 'c'), 'not-needed'),
    ];
    expect(Object.values(creditsIn({ attempts, decision: { chosen: null } }))).toEqual([
      'failed timed-out',
      'unasked',
      'unasked',
    ]);
  });

  test('says nothing of a run that has not ended', () => {
    expect(creditsOf([{ type: 'plan-made', value: plan(seats) }])).toEqual([]);
  });
});

test('creditsOf() keeps what an answer took, and nothing that is unknown', () => {
  const usage = { inputTokens: 100, outputTokens: 20 };
  const [first, second] = creditsOf([
    { type: 'plan-made', value: plan(seats.slice(0, 2)) },
    ...seats.slice(0, 2).map((each, index) => {
      const known = index === 0 ? { usage, costUsd: 0.5, model: 'm-1' } : {};
      const value = answered(each, 'x', { durationMs: 1234, ...known });
      return { type: 'attempt-ended', seat: each.id, value } as const;
    }),
    { type: 'run-ended', status: 'complete' },
  ]);
  expect(first).toMatchObject({ model: 'm-1', costUsd: 0.5, tokens: 120 });
  expect(second).toMatchObject({ model: null, costUsd: null, tokens: null });
  expect(Math.abs((first?.durationMs ?? 0) / 1234 - 1)).toBeLessThan(0.05);
});
