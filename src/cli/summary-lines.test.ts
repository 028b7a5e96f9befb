import { expect, test } from 'vitest';
import type { ModelOutput, OrchestratorResult } from '../domain/result.ts';
import { summaryLines } from './summary-lines.ts';

const output = (changes: Partial<ModelOutput>): ModelOutput => ({
  model: 'codex',
  seat: 'primary-1',
  role: 'primary',
  success: true,
  code: '',
  rawOutput: '',
  error: null,
  failureKind: null,
  evidence: null,
  executionTime: 1,
  files: [],
  language: null,
  attempts: 1,
  usage: null,
  source: 'model',
  spared: null,
  cost: null,
  answeredBy: null,
  checks: [],
  ...changes,
});

const failed = (changes: Partial<ModelOutput>): ModelOutput =>
  output({ success: false, error: 'It broke. Mend it', failureKind: 'network', ...changes });

function result(
  status: OrchestratorResult['metadata']['status'],
  outputs: readonly ModelOutput[],
  validation: OrchestratorResult['validation'] = null,
): OrchestratorResult {
  return {
    task: '',
    mode: 'medium',
    category: 'general',
    consensusCode: '',
    explanation: '',
    files: [],
    outputs,
    verification: { status: 'unverified', because: 'It was not run', remedy: null },
    evidence: null,
    validation,
    executionTime: 1,
    spending: {
      cost: null,
      knownCost: 0,
      tokens: 0,
      estimated: false,
      unpriced: [],
      budgets: [],
    },
    metadata: {
      runId: '',
      status,
      chosen: status === 'failed' ? null : 'codex',
      chosenSeat: status === 'failed' ? null : 'primary-1',
      rule: 'only-one',
      routeReason: '',
      words: [],
      learning: null,
      substitutions: [],
      rankings: [],
      synthesis: null,
      replay: false,
    },
  };
}

test('summaryLines() says nothing of a complete run', () => {
  expect(summaryLines(result('complete', [output({})]))).toEqual([]);
});

test('summaryLines() names who failed and why', () => {
  const outputs = [output({}), failed({ model: 'gemini' }), failed({ role: 'validator' })];
  expect(summaryLines(result('degraded', outputs))).toEqual([
    'gemini failed: It broke. Mend it',
    'codex (validator) failed: It broke. Mend it',
  ]);
});

test('summaryLines() names a validator whose review cannot be read, and why a person should look', () => {
  const validation = {
    needsHumanReview: true,
    reviewReasons: [
      {
        code: 'no_review' as const,
        message: 'Nobody reviewed it',
        models: [],
        witness: 'Nobody reviewed it',
      },
    ],
    findings: [],
    reviews: [{ model: 'grok', verdict: null, summary: 'No review: it was noise' }],
  };
  const outputs = [output({}), output({ model: 'grok', role: 'validator' })];
  expect(summaryLines(result('degraded', outputs, validation))).toEqual([
    'grok (validator): No review: it was noise',
    'A person should look: Nobody reviewed it',
  ]);
});

test('summaryLines() lists each cause when nobody answered, without validators that had nothing to do', () => {
  const idle = failed({ model: 'grok', role: 'validator', failureKind: 'cancelled', attempts: 0 });
  expect(summaryLines(result('failed', [failed({}), idle]))).toEqual([
    'No model answered',
    'codex failed: It broke. Mend it',
  ]);
});

test('summaryLines() names the demo where no model is available', () => {
  const outputs = [
    failed({ failureKind: 'not-installed' }),
    failed({ failureKind: 'not-signed-in' }),
  ];
  expect(summaryLines(result('failed', outputs)).at(-1)).toContain('orchestrator demo');
});
