import type { Decision } from '../../src/domain/decision.ts';
import type { Observation } from '../../src/domain/executor.ts';
import type { Observed, Seen } from '../../src/domain/observed.ts';
import type { RunRecord } from '../../src/domain/run-record.ts';
import type { Selection } from '../../src/domain/selection.ts';
import type { Suite } from '../../src/domain/suite.ts';
import type { TestCase } from '../../src/domain/test-case.ts';
import type { Value } from '../../src/domain/value.ts';
import { decided, planWith, primary, sampleRecord, validator } from './sample-run.ts';

const int = (number: number): Value => ({ int: String(number) });

/** A call of `half` with one number. */
export function half(id: string, argument: number, change: Partial<TestCase> = {}): TestCase {
  const call = { kind: 'call', name: 'half', args: [int(argument)] } as const;
  return { id, origin: 'generated', author: null, call, expected: undefined, ...change };
}

export function gave(number: number): Observation {
  return { kind: 'returned', value: int(number), printed: '', changed: [] };
}

/** The task shows half(4), gemini demands half(5), and 7 and 9 are inputs alone. */
export const halfSuite: Suite = {
  entry: {
    kind: 'function',
    name: 'half',
    language: 'python',
    parameters: [],
    isVariadic: false,
    aliases: {},
  },
  tests: [
    half('example-1', 4, { origin: 'example', expected: { kind: 'value', value: int(2) } }),
    half('validator-1', 5, {
      origin: 'validator',
      author: 'gemini',
      expected: { kind: 'value', value: int(2) },
    }),
    half('generated-1', 7),
    half('generated-2', 9),
  ],
  anyOrder: false,
  dropped: [
    { author: 'gemini', text: 'half()', because: 'it calls nothing' },
    { author: 'gemini', text: 'half(,)', because: 'it calls nothing' },
  ],
};

export function ran(seat: string, rows: readonly Seen[]): Observed {
  const sandbox = { level: 'kernel', mechanism: 'landlock7', promisesNot: [] } as const;
  return { status: 'ran', seat, sandbox, rows };
}

const parts = { userTests: 0, examples: 1, consistency: 1, agreement: 0.5, tests: 1, score: 1 };

const selection: Selection = {
  chosen: 'primary-1',
  reason: 'score',
  behaviours: [
    { members: ['primary-1'], families: 1, ...parts },
    { members: ['primary-2'], families: 1, ...parts, tests: 0, score: 0.5 },
  ],
  rows: [
    { candidate: 'primary-1', behaviour: 0, checks: 1, rank: 1, ...parts },
    { candidate: 'primary-2', behaviour: 1, checks: 1, rank: 2, ...parts, tests: 0, score: 0.5 },
  ],
  tests: [
    { test: 'example-1', weight: 1, because: 'shown' },
    { test: 'validator-1', weight: 0.5, because: 'weighed' },
  ],
  margin: 0.5,
  separating: null,
  familiesRun: 2,
};

const decision: Decision = decided({
  rule: 'score',
  selection,
  verification: {
    status: 'verified',
    because: 'It meets the one test that the task shows',
    sandbox: null,
  },
});

/** Claude Code and Codex part on half(5), Grok brought nothing that runs, and Gemini judged. */
export function ranRecord(change: Partial<RunRecord> = {}): RunRecord {
  const plan = planWith([
    primary(1, 'claude-code'),
    primary(2, 'codex'),
    primary(3, 'grok'),
    validator(1, 'gemini'),
  ]);
  return sampleRecord({
    plan,
    suite: halfSuite,
    observed: [
      ran('primary-1', [gave(2), gave(2), gave(3), { kind: 'flaky' }]),
      ran('primary-2', [gave(2), gave(3), gave(4), gave(5)]),
      { status: 'not-run', seat: 'primary-3', because: 'the answer has no code', remedy: null },
    ],
    decision,
    settlement: {
      test: 'validator-1',
      input: 'half(5)',
      sides: [
        { seats: ['primary-1'], outcome: '2' },
        { seats: ['primary-2'], outcome: '3' },
      ],
      bothReturn: true,
      isClose: true,
      judgement: { status: 'decided', side: 0, judge: 'validator-1', why: 'It rounds down' },
    },
    ...change,
  });
}
