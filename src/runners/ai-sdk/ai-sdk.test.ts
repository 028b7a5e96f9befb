import {
  APICallError,
  type LanguageModelV2,
  type LanguageModelV3,
  type LanguageModelV4,
  LoadAPIKeyError,
} from '@ai-sdk/provider';
import { convertArrayToReadableStream, MockLanguageModelV3, MockLanguageModelV4 } from 'ai/test';
import { expect, expectTypeOf, test } from 'vitest';
import type { Outcome, Progress } from '../../domain/runner.ts';
import { aiSdk } from './ai-sdk.ts';
import type { LanguageModelCall, LanguageModelLike } from './language-model.ts';

const prompt = { system: 'Be short.', text: 'Say hello' };
const usage = {
  inputTokens: { total: 3, noCache: 3, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 5, text: 5, reasoning: undefined },
};
const stopped = { unified: 'stop', raw: 'end_turn' } as const;

/** A model that is an object of our own, with the stream given. */
function model(parts: readonly unknown[], specificationVersion = 'v4'): LanguageModelLike {
  const stream = ReadableStream.from(parts);
  return {
    specificationVersion,
    provider: 'own',
    modelId: 'own-1',
    doStream: async () => ({ stream }),
  };
}

function throwing(error: unknown): LanguageModelLike {
  return { ...model([]), doStream: () => Promise.reject(error) };
}

function ask(
  asked: LanguageModelLike,
  signal: AbortSignal = new AbortController().signal,
  report: (progress: Progress) => void = () => undefined,
): Promise<Outcome> {
  const runner = aiSdk('own', asked, { now: () => Date.UTC(2026, 0, 1), secrets: ['sk-secret'] });
  return runner.ask(prompt, { signal, limitMs: 1_000, report });
}

async function kindOf(asked: LanguageModelLike): Promise<string> {
  const outcome = await ask(asked);
  return outcome.status === 'failed' ? outcome.failure.kind : outcome.status;
}

test('aiSdk() answers with text, model and usage of a v4 model, and reports each delta', async () => {
  const mock = new MockLanguageModelV4({
    doStream: {
      stream: convertArrayToReadableStream([
        { type: 'stream-start', warnings: [] },
        { type: 'response-metadata', modelId: 'really-1' },
        { type: 'reasoning-delta', id: 'r', delta: 'hm' },
        { type: 'text-delta', id: '1', delta: 'Hel' },
        { type: 'text-delta', id: '1', delta: 'lo' },
        { type: 'finish', usage, finishReason: stopped },
      ]),
    },
  });
  const seen: Progress[] = [];
  const outcome = await ask(mock, undefined, (progress) => seen.push(progress));
  expect(outcome).toEqual({
    status: 'answered',
    text: 'Hello',
    model: 'really-1',
    usage: { inputTokens: 3, outputTokens: 5 },
    costUsd: null,
  });
  expect(seen.filter(({ type }) => type === 'text')).toEqual([
    { type: 'text', text: 'Hel' },
    { type: 'text', text: 'lo' },
  ]);
  expect(seen[2]).toEqual({ type: 'activity' });
  expect(mock.doStreamCalls[0]?.prompt).toEqual([
    { role: 'system', content: 'Be short.' },
    { role: 'user', content: [{ type: 'text', text: 'Say hello' }] },
  ]);
});

test('aiSdk() takes a v3 model', async () => {
  const mock = new MockLanguageModelV3({
    doStream: {
      stream: convertArrayToReadableStream([
        { type: 'text-delta', id: '1', delta: 'Hi' },
        { type: 'finish', usage, finishReason: stopped },
      ]),
    },
  });
  expect(await ask(mock)).toMatchObject({ status: 'answered', text: 'Hi' });
});

test('aiSdk() takes a v2 model, whose usage and finish reason are flat', async () => {
  const outcome = await ask(
    model(
      [
        { type: 'text-delta', id: '1', delta: 'Hi' },
        { type: 'finish', usage: { inputTokens: 1, outputTokens: 2 }, finishReason: 'stop' },
      ],
      'v2',
    ),
  );
  const expected = { status: 'answered', text: 'Hi', usage: { inputTokens: 1, outputTokens: 2 } };
  expect(outcome).toMatchObject(expected);
});

test("aiSdk() takes every version's model by its type", () => {
  expectTypeOf<LanguageModelV2 | LanguageModelV3 | LanguageModelV4>().toExtend<LanguageModelLike>();
});

test('aiSdk() hands its options over', async () => {
  const calls: LanguageModelCall[] = [];
  const own = model([]);
  const watched: LanguageModelLike = {
    ...own,
    doStream: (call) => {
      calls.push(call);
      return own.doStream(call);
    },
  };
  const runner = aiSdk('own', watched, {
    maxOutputTokens: 9,
    providerOptions: { own: { effort: 'low' } },
  });
  const signal = new AbortController().signal;
  await runner.ask({ system: '', text: 'Hi' }, { signal, limitMs: 1, report: () => undefined });
  expect(calls).toEqual([
    {
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      abortSignal: signal,
      includeRawChunks: false,
      maxOutputTokens: 9,
      providerOptions: { own: { effort: 'low' } },
    },
  ]);
});

const hello = { type: 'text-delta', id: '1', delta: 'Hel' };

test.each([
  ['a stream without its finish', [hello], 'broken-stream'],
  ['an end at the token limit', [hello, finish('length')], 'output-too-long'],
  ['a filtered answer', [hello, finish('content-filter')], 'refused'],
  ['an interrupted answer', [hello, finish('interrupted')], 'broken-stream'],
  ['an end without text', [finish('stop')], 'empty-answer'],
  ['an error part of unknown shape', [hello, { type: 'error', error: 'boom' }], 'broken-stream'],
  [
    'an error part in the vendor shape',
    [hello, { type: 'error', error: { error: { type: 'overloaded_error', message: 'busy' } } }],
    'overloaded',
  ],
])('aiSdk() names %s', async (_, parts, kind) => {
  expect(await kindOf(model(parts))).toBe(kind);
});

function finish(unified: string): object {
  return { type: 'finish', usage, finishReason: { unified, raw: undefined } };
}

function callError(statusCode: number | undefined, more: object = {}): APICallError {
  const message = 'It failed with sk-secret';
  const request = { url: 'http://127.0.0.1', requestBodyValues: {} };
  return new APICallError({ message, ...request, ...(statusCode && { statusCode }), ...more });
}

test.each([
  ['an API call error with 401', callError(401), 'unauthorized'],
  ['an API call error with 503', callError(503), 'overloaded'],
  [
    'no credit',
    callError(400, { responseBody: '{"error":{"message":"Your credit balance is too low"}}' }),
    'quota-exhausted',
  ],
  [
    'a refused connection',
    callError(undefined, { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) }),
    'network',
  ],
  ['a missing key', new LoadAPIKeyError({ message: 'OWN_API_KEY is missing' }), 'not-signed-in'],
  ['an error of no known kind', new Error('boom'), 'unknown'],
])('aiSdk() names %s that the model throws', async (_, error, kind) => {
  expect(await kindOf(throwing(error))).toBe(kind);
});

test('aiSdk() reads Retry-After and keeps the secrets back', async () => {
  const responseHeaders = { 'Retry-After': 'Thu, 01 Jan 2026 00:00:02 GMT' };
  expect(await ask(throwing(callError(429, { responseHeaders })))).toEqual({
    status: 'failed',
    failure: expect.objectContaining({
      kind: 'rate-limited',
      retryAfterMs: 2_000,
      message: 'HTTP 429: It failed with [redacted]',
    }),
  });
});

test('aiSdk() settles on abort and cancels the stream of a model that heeds no signal', async () => {
  const cancelled = Promise.withResolvers<void>();
  const stream = new ReadableStream({
    start: (controller) => controller.enqueue(hello),
    cancel: () => cancelled.resolve(),
  });
  const stop = new AbortController();
  const outcome = await ask({ ...model([]), doStream: async () => ({ stream }) }, stop.signal, () =>
    stop.abort(),
  );
  expect(outcome).toMatchObject({ status: 'failed', failure: { kind: 'cancelled' } });
  await cancelled.promise;
});

test('aiSdk() settles on abort while the model has not begun', async () => {
  const stop = new AbortController();
  const began = Promise.withResolvers<void>();
  const silent: LanguageModelLike = {
    ...model([]),
    doStream: () => {
      began.resolve();
      return new Promise(() => undefined);
    },
  };
  const outcome = ask(silent, stop.signal);
  await began.promise;
  stop.abort();
  expect(await outcome).toMatchObject({ status: 'failed', failure: { kind: 'cancelled' } });
});
