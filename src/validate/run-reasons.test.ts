import { expect, test } from 'vitest';
import { answered, decided, planWith, primary, sampleTask } from '../../test/support/sample-run.ts';
import type { Settlement } from '../domain/settlement.ts';
import { codeCandidate, observed, suite, testCase, verdict } from '../testing/builders.ts';
import { returned } from '../testing/scripted-executor.ts';
import { runReasons } from './run-reasons.ts';
import type { Evidence } from './validate.ts';

const seats = [primary(1, 'a'), primary(2, 'b')];
const sides: Settlement['sides'] = [
  { seats: ['primary-1'], outcome: '1' },
  { seats: ['primary-2'], outcome: '2' },
];
const split: Settlement = {
  test: 'validator-1',
  input: 'f(3)',
  sides,
  bothReturn: true,
  isClose: true,
  judgement: { status: 'none', because: 'nobody is there to judge' },
};

function codes(change: Partial<Evidence>): readonly string[] {
  const evidence: Evidence = {
    task: sampleTask,
    plan: planWith(seats),
    attempts: seats.map((seat) => answered(seat)),
    candidates: [],
    verdicts: [],
    suite: suite([testCase('validator-1', [3, 1]), testCase('generated-1', [4])]),
    observed: seats.map(({ id }) => observed(id, [returned(null)])),
    settlement: null,
    merge: null,
    outOfTime: false,
    decision: decided({ verification: { status: 'verified', because: '', sandbox: null } }),
    reviews: [],
    ...change,
  };
  return runReasons(evidence).map(({ code }) => code);
}

test('runReasons() finds nothing to say of an answer that meets what is shown', () => {
  expect(codes({})).toEqual([]);
});

test.each([
  ['no judge is there', split, ['behaviour_split']],
  [
    'a judge named one',
    { ...split, judgement: { status: 'decided', side: 0, judge: 'v', why: '' } },
    [],
  ],
  ['more than votes decides', { ...split, isClose: false }, []],
  [
    'the judge finds it open',
    { ...split, judgement: { status: 'open', judge: 'v', why: '' } },
    ['behaviour_split'],
  ],
  [
    'an odd input that was made up gives an error',
    { ...split, test: 'generated-1', bothReturn: false },
    [],
  ],
  [
    'the judge goes by the order',
    { ...split, judgement: { status: 'flipped', judge: 'v' } },
    ['behaviour_split', 'judge_order_flip'],
  ],
] as const)('runReasons() of two behaviours where %s', (_, settlement, expected) => {
  expect(codes({ settlement })).toEqual(expected);
});

test('runReasons() cuts a huge input short in its witness', () => {
  const settlement = { ...split, input: `f('${'x'.repeat(10_000)}')` };
  const evidence = {
    decision: decided(),
    observed: [],
    suite: suite([]),
    verdicts: [],
    settlement,
    merge: null,
  };
  // The function reads no more of the evidence.
  const [reason] = runReasons(evidence as unknown as Evidence);
  expect(reason?.witness.length).toBeLessThan(300);
});

test.each(['strength', 'size', 'program'] as const)(
  'runReasons() wants a person where nothing but %s decides between behaviours',
  (rule) => {
    const verification = { status: 'partly', because: '', sandbox: null } as const;
    expect(codes({ decision: decided({ rule, verification }) })).toEqual([
      'no_discriminating_test',
    ]);
  },
);

test('runReasons() asks for a person where answers differ, none was run and nobody accepted one', () => {
  const differing: Partial<Evidence> = {
    candidates: [codeCandidate('primary-1', 'a'), codeCandidate('primary-2', 'b')],
    verdicts: [verdict('primary-1', 'passed', ['a']), verdict('primary-2', 'passed', ['b'])],
    observed: seats.map(({ id }) => ({
      status: 'not-run',
      seat: id,
      because: 'nothing runs cobol here',
      remedy: null,
    })),
  };
  const accepting = { verdict: 'accept', summary: '', findings: [] } as const;
  const accepted = { status: 'reviewed', seat: 'validator-1', ...accepting } as const;
  expect(codes(differing)).toEqual(['no_discriminating_test']);
  expect(codes({ ...differing, reviews: [accepted] })).toEqual([]);
  const alike = seats.map(({ id }) => verdict(id, 'passed', ['a']));
  expect(codes({ ...differing, verdicts: alike })).toEqual([]);
});
