import { describe, expect, test } from 'vitest';
import { emptyReport } from '../../vendor-cli/vendor-cli.ts';
import { geminiOutput } from './gemini-output.ts';

const model = (totalRequests: number, totalErrors: number) => ({
  api: { totalRequests, totalErrors },
  tokens: { input: 700, prompt: 1000, candidates: 200, cached: 300, thoughts: 50 },
});
const read = (models: object, more: object = {}) =>
  geminiOutput.read(emptyReport, { response: 'Hello', stats: { models }, ...more });

describe('geminiOutput', () => {
  test('reads text, model, and usage with the thoughts', () => {
    expect(read({ flash: model(1, 0) })).toEqual({
      known: true,
      whole: true,
      text: 'Hello',
      model: 'flash',
      usage: { inputTokens: 1000, outputTokens: 250 },
      costUsd: null,
      error: undefined,
      flaw: undefined,
      notice: undefined,
      messages: emptyReport.messages,
    });
  });

  test('takes the model that answered when another one failed before', () => {
    expect(read({ pro: model(3, 3), flash: model(1, 0) })).toMatchObject({
      whole: true,
      model: 'flash',
    });
  });

  test.each([
    ['two answers', { flash: model(2, 0) }],
    ['an answer after an error of the same model', { flash: model(2, 1) }],
    ['no count of requests', {}],
  ])('takes %s for a response that may be glued', (_case, models) => {
    expect(read(models)).toMatchObject({ whole: false, error: { kind: 'broken-stream' } });
  });

  test('takes a response with an error or a warning of its end for none', () => {
    const error = { type: 'INVALID_STREAM', message: 'Invalid stream' };
    expect(read({ flash: model(1, 0) }, { error })).toMatchObject({
      whole: false,
      error: { kind: 'broken-stream' },
    });
    const warnings = ['Loop detected, stopping execution'];
    expect(read({ flash: model(1, 0) }, { warnings })).toMatchObject({ whole: false });
  });

  test.each([
    ['length', 'output-too-long'],
    ['content_filter', 'refused'],
    ['error', 'unknown'],
    ['malformed_function_call', 'unknown'],
    ['constructor', 'unknown'],
    ['stop', undefined],
  ])('takes an answer that its trace ends with %s for %s', (finish, kind) => {
    const answered = read({ flash: model(1, 0) });
    for (const reasons of [
      ['stop', finish],
      [finish, 'stop'],
    ]) {
      const trace = `"finish_reasons": ${JSON.stringify(reasons, null, 2)},\n    "role": "main"`;
      expect(geminiOutput.judge?.(answered, trace).error?.kind).toBe(kind);
    }
  });

  test.each(['', 'no record', '"finish_reasons": []'])(
    'takes an answer of whose end the trace %o says nothing for unknown',
    (trace) => {
      expect(geminiOutput.judge?.(read({ flash: model(1, 0) }), trace)).toMatchObject({
        whole: false,
        error: { kind: 'unknown' },
      });
    },
  );

  test('takes an empty response for an empty answer', () => {
    const error = {
      type: 'INVALID_STREAM',
      message: 'The model returned an empty response with no text or thoughts.',
    };
    expect(read({ flash: model(1, 1) }, { error }).error?.kind).toBe('empty-answer');
  });

  test('takes its own exit codes for no HTTP status', () => {
    const error = { type: 'Error', message: 'x' };
    const statusOf = (code: number) =>
      geminiOutput.read(emptyReport, { error: { ...error, code } }).error?.status;
    expect([1, 41, 503].map(statusOf)).toEqual([undefined, undefined, 503]);
  });
});
