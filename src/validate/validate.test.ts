import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  answered,
  decided,
  failed,
  finding,
  notPassed,
  passed,
  planWith,
  primary,
  reviewed,
  sampleFile,
  sampleTask,
  undecided,
  validator,
} from '../../test/support/sample-run.ts';
import type { Review } from '../domain/validation.ts';
import { reviewCodes } from '../domain/validation.ts';
import { type Evidence, validate } from './validate.ts';

const none = (seat: string): Review => ({ status: 'none', seat, because: 'unreadable-review' });

/** Every planned primary answered and parsed, and nobody was asked to review. */
function evidence(primaries: number, change: Partial<Evidence> = {}): Evidence {
  const seats = Array.from({ length: primaries }, (_, index) => primary(index + 1, `m${index}`));
  return {
    task: sampleTask,
    plan: planWith(seats),
    attempts: seats.map((seat) => answered(seat)),
    candidates: [],
    verdicts: seats.map(({ id }) => passed(id)),
    suite: { entry: null, tests: [], anyOrder: false, dropped: [] },
    observed: [],
    settlement: null,
    merge: null,
    outOfTime: false,
    decision: decided(),
    reviews: [],
    ...change,
  };
}

function withAnswers(planned: number, count: number): Evidence {
  const all = evidence(planned);
  const attempts = all.plan.seats.map((seat, index) =>
    index < count ? answered(seat) : failed(seat, 'network', 'Connection refused'),
  );
  return { ...all, attempts };
}

const codes = (given: Evidence): readonly string[] =>
  validate(given).reasons.map(({ code }) => code);

test('validate() demands no review of one answer that parses and that nobody reviews', () => {
  expect(validate(evidence(1))).toEqual({ needsHumanReview: false, reasons: [], reviews: [] });
});

test('validate() demands no review because nothing could be checked', () => {
  const verdicts = [{ seat: 'primary-1', status: 'not-run', checks: [], tokens: null }] as const;
  expect(validate(evidence(1, { verdicts })).needsHumanReview).toBe(false);
});

test('validate() gives no_answer alone when nobody answered', () => {
  const given = { ...withAnswers(2, 0), decision: undecided, reviews: [none('validator-1')] };
  expect(validate(given)).toMatchObject({
    needsHumanReview: true,
    reasons: [
      { code: 'no_answer', message: 'No model answered', seats: ['primary-1', 'primary-2'] },
    ],
  });
});

test('validate() tells answers that cannot be chosen from no answers', () => {
  const [reason] = validate(evidence(2, { decision: undecided })).reasons;
  expect(reason?.message).toBe('Models answered, and none of their answers can be chosen');
});

test('validate() gives checks_failed when the chosen answer does not parse', () => {
  const verdicts = [notPassed('primary-1'), passed('primary-2')];
  expect(validate(evidence(2, { verdicts })).reasons).toEqual([
    {
      code: 'checks_failed',
      message:
        'The chosen answer does not pass its checks: syntax, src/server.ts line 3: unexpected }',
      witness:
        'The chosen answer does not pass its checks: syntax, src/server.ts line 3: unexpected }',
      seats: ['primary-1'],
    },
  ]);
});

test('validate() gives no checks_failed when only another answer does not parse', () => {
  expect(codes(evidence(2, { verdicts: [passed('primary-1'), notPassed('primary-2')] }))).toEqual(
    [],
  );
});

test.each([
  [1, 1, false],
  [2, 2, false],
  [2, 1, true],
  [3, 2, false],
  [4, 2, false],
  [4, 1, true],
  [5, 2, true],
  [6, 3, false],
])(
  'validate() of %i planned and %i answered primaries: quorum short is %s',
  (planned, count, short) => {
    expect(codes(withAnswers(planned, count))).toEqual(short ? ['quorum_short'] : []);
  },
);

test('validate() names the seats that are missing from the quorum', () => {
  expect(validate(withAnswers(4, 1)).reasons[0]?.seats).toEqual([
    'primary-2',
    'primary-3',
    'primary-4',
  ]);
});

test('validate() gives validator_rejected when one of two validators rejects', () => {
  const reviews = [reviewed('validator-1', 'accept'), reviewed('validator-2', 'reject')];
  expect(validate(evidence(2, { reviews })).reasons).toEqual([
    {
      code: 'validator_rejected',
      message: 'A validator rejected the answer: I reject it',
      witness: 'A validator rejected the answer: I reject it',
      seats: ['validator-2'],
    },
  ]);
});

test('validate() gives lone_critical_finding for one validator, though all of them accept', () => {
  const reviews = [
    reviewed('validator-1', 'accept'),
    reviewed('validator-2', 'accept', [
      finding('major', 'No limit'),
      finding('critical', 'SQL injection'),
      finding('critical', 'Key in the log'),
    ]),
  ];
  expect(validate(evidence(2, { reviews })).reasons).toEqual([
    {
      code: 'lone_critical_finding',
      message: 'Critical finding in src/server.ts line 7: SQL injection (and 1 more)',
      witness: 'SQL injection',
      seats: ['validator-2'],
    },
  ]);
});

test.each([
  ['the only validator asks for changes', ['revise'], ['changes_requested']],
  ['every validator asks for changes', ['revise', 'revise'], ['changes_requested']],
  ['one validator accepts', ['revise', 'accept'], []],
  ['another rejects', ['revise', 'reject'], ['validator_rejected', 'changes_requested']],
] as const)('validate() when %s', (_, verdicts, expected) => {
  const reviews = verdicts.map((verdict, index) => reviewed(`validator-${index + 1}`, verdict));
  expect(codes(evidence(2, { reviews }))).toEqual(expected);
});

test('validate() does not make a reason of major and minor findings of an accepted answer', () => {
  const reviews = [
    reviewed('validator-1', 'accept', [finding('major', 'Slow'), finding('minor', 'Long')]),
  ];
  expect(codes(evidence(2, { reviews }))).toEqual([]);
});

test('validate() gives no_review when validators were planned and none gave one', () => {
  expect(codes(evidence(2, { reviews: [none('validator-1'), none('validator-2')] }))).toEqual([
    'no_review',
  ]);
  expect(
    codes(evidence(2, { reviews: [none('validator-1'), reviewed('validator-2', 'accept')] })),
  ).toEqual([]);
});

test('validate() keeps one review row for each validator seat', () => {
  const reviews = [none('validator-1'), reviewed('validator-2', 'reject')];
  expect(validate(evidence(2, { reviews })).reviews).toEqual(reviews);
});

test('validate() demands a review exactly when it lists a reason, each with a code that is explained', () => {
  const verdict = fc.constantFrom('accept' as const, 'revise' as const, 'reject' as const);
  const severity = fc.constantFrom('critical' as const, 'major' as const, 'minor' as const);
  const review = fc.oneof(
    fc.constant(none('validator-1')),
    fc.tuple(verdict, fc.array(severity, { maxLength: 3 })).map(([given, severities]) =>
      reviewed(
        'validator-1',
        given,
        severities.map((each) => finding(each, 'Something')),
      ),
    ),
  );
  const counts = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat({ max: 6 }));
  fc.assert(
    fc.property(counts, fc.array(review, { maxLength: 2 }), ([planned, count], reviews) => {
      const decision = count === 0 ? undecided : decided({ files: [sampleFile] });
      const given = { ...withAnswers(planned, Math.min(planned, count)), reviews, decision };
      const { needsHumanReview, reasons } = validate(given);
      expect(needsHumanReview).toBe(reasons.length > 0);
      expect(reasons.every(({ code, message }) => reviewCodes[code] && message)).toBe(true);
      expect(new Set(reasons.map(({ code }) => code)).size).toBe(reasons.length);
    }),
  );
});

test('validate() demands a review whenever a validator reports something critical', () => {
  const reviews = [validator(1, 'a'), validator(2, 'b'), validator(3, 'c')].map(({ id }, index) =>
    reviewed(id, 'accept', index === 1 ? [finding('critical', 'Deletes the table')] : []),
  );
  expect(validate(evidence(4, { reviews })).needsHumanReview).toBe(true);
});
