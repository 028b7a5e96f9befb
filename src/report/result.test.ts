import { expect, test } from 'vitest';
import {
  answered,
  decided,
  failed,
  finding,
  planWith,
  primary,
  reviewed,
  sampleFile,
  sampleRecord,
  undecided,
  validator,
} from '../../test/support/sample-run.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { resultOf } from './result.ts';

const [claude, codex, gemini] = [
  primary(1, 'claude-code'),
  primary(2, 'codex'),
  validator(1, 'gemini'),
];

const nobodyAnswered: RunRecord = sampleRecord({
  status: 'failed',
  attempts: [
    failed(claude, 'unauthorized', 'HTTP 401'),
    failed(codex, 'timed-out', 'No whole answer within 60 s'),
    failed(gemini, 'cancelled', 'Not asked: there was no answer to review'),
  ],
  candidates: [
    { status: 'none', seat: 'primary-1', because: 'unauthorized' },
    { status: 'none', seat: 'primary-2', because: 'timed-out' },
  ],
  decision: undecided,
});

test('resultOf() shows the chosen answer, its route and its time in seconds', () => {
  expect(resultOf(sampleRecord())).toMatchObject({
    task: 'Build a REST API endpoint',
    mode: 'medium',
    category: 'backend',
    consensusCode: sampleFile.text,
    explanation: 'Both answers parse and agree in 82 % of their code.',
    files: [sampleFile],
    executionTime: 20.5,
    metadata: {
      runId: 'run-1',
      status: 'complete',
      chosen: 'claude-code',
      rule: 'agreement',
      words: ['api', 'endpoint'],
      rankings: [{ model: 'claude-code', agreement: 0.82 }, { model: 'codex' }],
      replay: false,
    },
  });
});

test('resultOf() has one row for each seat, the primaries first', () => {
  const plan = planWith([gemini, claude, codex]);
  const rows = resultOf(sampleRecord({ plan })).outputs.map(({ seat, model, role }) => [
    seat,
    model,
    role,
  ]);
  expect(rows).toEqual([
    ['primary-1', 'claude-code', 'primary'],
    ['primary-2', 'codex', 'primary'],
    ['validator-1', 'gemini', 'validator'],
  ]);
});

test('resultOf() shows all that a model brought', () => {
  expect(resultOf(sampleRecord()).outputs[0]).toEqual({
    model: 'claude-code',
    seat: 'primary-1',
    source: 'model',
    spared: null,
    role: 'primary',
    success: true,
    code: sampleFile.text,
    rawOutput: answered(claude).text,
    error: null,
    failureKind: null,
    evidence: null,
    executionTime: 12.34,
    files: [sampleFile],
    language: 'typescript',
    attempts: 1,
    usage: { inputTokens: 120, outputTokens: 340 },
    cost: 0.0123,
    answeredBy: 'claude-code-large',
    checks: [{ checker: 'syntax', file: 'src/server.ts', outcome: { status: 'passed' } }],
  });
});

test('resultOf() gives a validator no code and keeps its reply', () => {
  const row = resultOf(sampleRecord()).outputs[2];
  expect(row).toMatchObject({ code: '', files: [], language: null, checks: [], success: true });
  expect(row?.rawOutput).toContain('"verdict"');
});

test('resultOf() keeps a failed seat as a row, with what had arrived', () => {
  const attempts = [
    answered(claude),
    {
      ...failed(codex, 'timed-out', 'No whole answer within 60 s'),
      partialText: 'const',
      tries: 3,
    },
    answered(gemini),
  ];
  const candidates = [
    { status: 'code', seat: 'primary-1', files: [sampleFile], prose: '' },
    { status: 'none', seat: 'primary-2', because: 'timed-out' },
  ] as const;
  expect(resultOf(sampleRecord({ attempts, candidates })).outputs[1]).toMatchObject({
    success: false,
    code: '',
    rawOutput: 'const',
    error: 'Timeout: No whole answer within 60 s. Raise --timeout',
    failureKind: 'timed-out',
    executionTime: 60,
    attempts: 3,
    usage: null,
    cost: null,
    answeredBy: null,
  });
});

test('resultOf() keeps a row for a seat that the run never came to', () => {
  const attempts = sampleRecord().attempts.slice(0, 2);
  const { outputs } = resultOf(sampleRecord({ attempts }));
  expect(outputs[2]).toMatchObject({ success: false, failureKind: 'cancelled', attempts: 0 });
});

test('resultOf() names each cause and remedy when nobody answered', () => {
  const result = resultOf(nobodyAnswered);
  expect(result.explanation).toBe(
    [
      'No model answered',
      'claude-code: Not authorized: HTTP 401. Check the API key or sign in again',
      'codex: Timeout: No whole answer within 60 s. Raise --timeout',
    ].join('\n'),
  );
  expect(result).toMatchObject({
    consensusCode: '',
    files: [],
    validation: null,
    metadata: { chosen: null },
  });
});

test('resultOf() says that the run was cancelled before anybody answered', () => {
  const { explanation } = resultOf({ ...nobodyAnswered, status: 'cancelled' });
  expect(explanation.split('\n')[0]).toBe('Cancelled before any model answered');
});

test('resultOf() keeps the explanation of the decision when answers came and none was chosen', () => {
  expect(resultOf(sampleRecord({ decision: undecided })).explanation).toBe(
    'No answer is left to choose.',
  );
});

test('resultOf() takes the prose of an answer without code', () => {
  const decision = decided({ files: [], prose: 'Use two queues.' });
  expect(resultOf(sampleRecord({ decision })).consensusCode).toBe('Use two queues.');
});

test('resultOf() names runners in place of seats in validation', () => {
  const reviews = [
    reviewed('validator-1', 'reject', [finding('critical', 'SQL injection')]),
    { status: 'none', seat: 'validator-2', because: 'rate-limited' },
  ] as const;
  const record = sampleRecord({
    plan: planWith([claude, codex, gemini, validator(2, 'grok')]),
    validation: {
      needsHumanReview: true,
      reasons: [
        {
          code: 'critical_finding',
          message: 'Critical finding',
          witness: 'Critical finding',
          seats: ['validator-1'],
        },
      ],
      reviews,
    },
  });
  expect(resultOf(record).validation).toEqual({
    needsHumanReview: true,
    reviewReasons: [
      {
        code: 'critical_finding',
        message: 'Critical finding',
        witness: 'Critical finding',
        models: ['gemini'],
      },
    ],
    findings: [
      {
        model: 'gemini',
        severity: 'critical',
        message: 'SQL injection',
        file: 'src/server.ts',
        line: 7,
      },
    ],
    reviews: [
      { model: 'gemini', verdict: 'reject', summary: 'I reject it' },
      { model: 'grok', verdict: null, summary: 'No review: rate limited' },
    ],
  });
});

test('resultOf() names runners in place of seats in a synthesis', () => {
  const point = (seat: string) => ({ text: 'Use a queue', seats: [seat] });
  const synthesis = {
    agreements: [{ text: 'Use a queue', seats: ['primary-1', 'primary-2'] }],
    contradictions: [
      { subject: 'Store', sides: [point('primary-1'), point('primary-2')] as const },
    ],
    unique: [point('primary-2')],
  };
  const { metadata } = resultOf(sampleRecord({ decision: decided({ synthesis }) }));
  expect(metadata.synthesis).toEqual({
    agreements: [{ text: 'Use a queue', seats: ['claude-code', 'codex'] }],
    contradictions: [{ subject: 'Store', sides: [point('claude-code'), point('codex')] }],
    unique: [point('codex')],
  });
});

test('resultOf() says that answers were played back when it is told so', () => {
  expect(resultOf(sampleRecord(), { replay: true }).metadata.replay).toBe(true);
});

test('resultOf() keeps the evidence of a failure whose shape was not known', () => {
  const unclear = failed(claude, 'unknown', 'No known shape');
  const failure = { ...unclear.failure, evidence: '{"foo":' };
  const attempts = [{ ...unclear, failure }, ...sampleRecord().attempts.slice(1)];
  const { outputs } = resultOf(sampleRecord({ attempts }));
  expect(outputs[0]).toMatchObject({ failureKind: 'unknown', evidence: '{"foo":' });
});
