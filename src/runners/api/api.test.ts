import { describe, expect, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import type { FailureKind } from '../../domain/failure.ts';
import type { Outcome, Progress, Runner } from '../../domain/runner.ts';
import type { ApiSettings } from '../../domain/runner-settings.ts';
import type { VendorReply } from '../../testing/vendor-servers/vendor-reply.ts';
import { type VendorServer, vendorServer } from '../../testing/vendor-servers/vendor-server.ts';
import { api } from './api.ts';

const key = 'sk-live-0123456789';
const never = new AbortController().signal;
const text = 'Zwölf Boxkämpfer 🥊 jagen Viktor quer über den großen Sylter Deich — 日本語';

const providers = ['anthropic', 'openai', 'google', 'xai'] as const;

function settings(more: Partial<ApiSettings>): ApiSettings {
  return {
    type: 'api',
    provider: 'openai',
    model: 'some-model',
    apiKeyEnv: undefined,
    apiKey: undefined,
    baseUrl: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
    ...more,
  };
}

function runnerAt(server: VendorServer, provider: ApiSettings['provider']): Runner {
  const own = settings({ provider, apiKey: key, baseUrl: server.baseUrl });
  return api(provider, own, { env: {}, clock: realClock });
}

function ask(
  runner: Runner,
  report: (progress: Progress) => void = () => undefined,
  signal: AbortSignal = never,
): Promise<Outcome> {
  return runner.ask({ system: 'Be short.', text: 'Say hello' }, { signal, limitMs: 1e4, report });
}

describe.each(providers)('api() for %s', (provider) => {
  test('gives the exact text for any splitting of the bytes, with model, usage and deltas', async () => {
    const usage = { inputTokens: 21, outputTokens: 42 };
    for (const writeBytes of [1, 2, 3, 7, 1_000]) {
      await using server = await vendorServer({ replies: { text, usage, writeBytes } });
      let streamed = '';
      const outcome = await ask(runnerAt(server, provider), (progress) => {
        if (progress.type === 'text') streamed += progress.text;
      });
      expect(outcome).toMatchObject({ status: 'answered', text, model: 'some-model', usage });
      expect(streamed).toBe(text);
    }
  });

  test('takes a whole document from a server that does not stream', async () => {
    await using server = await vendorServer({ replies: { text, plain: true } });
    expect(await ask(runnerAt(server, provider))).toMatchObject({
      status: 'answered',
      text,
      usage: { inputTokens: 7, outputTokens: 11 },
    });
  });

  test.each<[string, VendorReply, FailureKind]>([
    ['a stream that is cut', { fault: 'cut' }, 'broken-stream'],
    ['a stream without finish marker', { finish: 'none' }, 'broken-stream'],
    ['a connection reset in the stream', { fault: 'reset' }, 'broken-stream'],
    ['JSON that is cut in the stream', { fault: 'bad-json' }, 'broken-stream'],
    ['an error in the stream', { fault: 'stream-error', status: 503 }, 'overloaded'],
    ['a page with status 200', { fault: 'html' }, 'broken-stream'],
    ['nothing at all with status 200', { body: '' }, 'broken-stream'],
    ['a connection reset before the headers', { fault: 'reset-before-headers' }, 'network'],
    ['an answer at the token limit', { finish: 'too-long' }, 'output-too-long'],
    ['a document at the token limit', { finish: 'too-long', plain: true }, 'output-too-long'],
    ['an answer that was filtered', { finish: 'refused' }, 'refused'],
    ['an answer without text', { text: '' }, 'empty-answer'],
    ['a document without end', { finish: 'none', plain: true }, 'broken-stream'],
    ['status 401', { status: 401 }, 'unauthorized'],
    ['status 403', { status: 403 }, 'unauthorized'],
    ['no credit', { status: 400, message: 'Your credit balance is too low' }, 'quota-exhausted'],
    ['status 402', { status: 402 }, 'quota-exhausted'],
    ['status 404', { status: 404, message: 'model: some-model' }, 'unknown-model'],
    ['a wrong key with 400', { status: 400, message: 'API key not valid' }, 'unauthorized'],
    ['status 400', { status: 400, message: 'temperature: out of range' }, 'bad-usage'],
    ['too long a prompt', { status: 400, message: 'prompt is too long' }, 'input-too-long'],
    ['status 413', { status: 413 }, 'input-too-long'],
    ['status 429', { status: 429 }, 'rate-limited'],
    ['status 500', { status: 500 }, 'overloaded'],
    ['status 529', { status: 529 }, 'overloaded'],
  ])('names %s', async (_, reply, kind) => {
    await using server = await vendorServer({ replies: reply });
    const outcome = await ask(runnerAt(server, provider));
    expect(outcome).toMatchObject({ status: 'failed', failure: { kind } });
    expect(server.requests).toHaveLength(1);
  });

  test('tells how long to wait', async () => {
    const replies = { status: 429, headers: { 'retry-after': '2' } };
    await using server = await vendorServer({ replies });
    const failure = { kind: 'rate-limited', status: 429, retryAfterMs: 2_000 };
    expect(await ask(runnerAt(server, provider))).toMatchObject({ failure });
  });

  test('sends its key where the vendor looks for it', async () => {
    await using server = await vendorServer({ apiKey: key });
    expect(await ask(runnerAt(server, provider))).toMatchObject({ status: 'answered' });
  });

  test.each<[string, VendorReply]>([
    ['before the headers', { fault: 'hang-before-headers' }],
    ['in the stream', { fault: 'hang-in-stream', text }],
  ])('closes the connection on abort %s', async (_, reply) => {
    await using server = await vendorServer({ replies: reply });
    const stop = new AbortController();
    const outcome = ask(runnerAt(server, provider), () => stop.abort(), stop.signal);
    const request = await server.received(1);
    if (reply.fault === 'hang-before-headers') stop.abort();
    expect(await outcome).toMatchObject({ status: 'failed', failure: { kind: 'cancelled' } });
    expect(await request.closed).toBe('closed-by-client');
  });

  test('probe() learns latency and sign-in from the list of models', async () => {
    await using server = await vendorServer({ apiKey: key });
    const probe = await runnerAt(server, provider).probe?.({ signal: never, offline: false });
    expect(probe).toMatchObject({ signedIn: 'yes' });
    expect(probe?.reach).toEqual({
      status: 'reached',
      address: server.baseUrl,
      asked: 'the list of models',
      latencyMs: expect.any(Number),
    });
    expect(probe?.availability).toEqual({ status: 'available', where: server.baseUrl });
    expect(server.requests).toHaveLength(0);
  });

  test('probe() asks nobody where that is forbidden, and tells of the key that it is set', async () => {
    await using server = await vendorServer({ apiKey: 'another' });
    const context = { signal: never, offline: true };
    expect(await runnerAt(server, provider).probe?.(context)).toEqual({
      availability: { status: 'available', where: server.baseUrl },
      version: null,
      signedIn: 'key',
      startMs: null,
      reach: { status: 'not-tried', because: '--offline' },
    });
  });

  test('probe() tells that the server refuses the key', async () => {
    await using server = await vendorServer({ apiKey: 'another' });
    expect(
      await runnerAt(server, provider).probe?.({ signal: never, offline: false }),
    ).toMatchObject({
      signedIn: 'no',
      reach: { status: 'reached' },
      availability: { status: 'unavailable', kind: 'not-signed-in' },
    });
  });
});

test.each([
  ['anthropic', 'ANTHROPIC_API_KEY'],
  ['openai', 'OPENAI_API_KEY'],
  ['google', 'GEMINI_API_KEY or GOOGLE_API_KEY'],
  ['xai', 'GROK_API_KEY or XAI_API_KEY'],
] as const)(
  'api() for %s without a key is not signed in and asks nobody',
  async (provider, names) => {
    await using server = await vendorServer();
    const own = settings({ provider, baseUrl: server.baseUrl });
    const runner = api(provider, own, { env: {}, clock: realClock });
    const message = `No API key: ${names} is not set`;
    expect(await runner.available()).toMatchObject({ kind: 'not-signed-in', message });
    const failure = { kind: 'not-signed-in', message };
    expect(await ask(runner)).toEqual({ status: 'failed', failure });
    expect(server.requests).toHaveLength(0);
  },
);

test('api() looks in the second of the usual variables when the first is empty', async () => {
  const env = { GEMINI_API_KEY: ' ', GOOGLE_API_KEY: `${key}\n` };
  await using server = await vendorServer({ apiKey: key });
  const own = settings({ provider: 'google', baseUrl: server.baseUrl });
  const outcome = await ask(api('google', own, { env, clock: realClock }));
  expect(outcome).toMatchObject({ status: 'answered' });
});

test('api() looks in the variable that is named, and in no other', async () => {
  const env = { OPENAI_API_KEY: key };
  const runner = api('gpt', settings({ apiKeyEnv: 'MY_KEY' }), { env, clock: realClock });
  expect(await runner.available()).toMatchObject({ message: 'No API key: MY_KEY is not set' });
});

test('api() is available with a key, asking nobody', async () => {
  const runner = api('gpt', settings({ apiKey: key }), { env: {}, clock: realClock });
  const available = { status: 'available', where: 'https://api.openai.com/v1' };
  expect(await runner.available()).toEqual(available);
});

test('api() for xai reads the cost in ticks and the flat error of a wrong key', async () => {
  const flat = {
    code: 'Client specified an invalid argument',
    error: `Incorrect API key: ${key}.`,
  };
  await using server = await vendorServer({
    replies: [{ costUsd: 0.0025 }, { status: 400, body: JSON.stringify(flat) }],
  });
  const runner = runnerAt(server, 'xai');
  expect(await ask(runner)).toMatchObject({ status: 'answered', costUsd: 0.0025 });
  expect(await ask(runner)).toEqual({
    status: 'failed',
    failure: {
      kind: 'unauthorized',
      message: 'HTTP 400: Incorrect API key: [redacted]',
      status: 400,
      retryAfterMs: undefined,
      evidence: undefined,
    },
  });
});

test('api() keeps the key out of messages and evidence, wherever the server repeats it', async () => {
  const replies: readonly VendorReply[] = [
    { status: 500, body: `<p>key ${key}</p>` },
    { fault: 'stream-error', message: `key ${key}` },
    { body: `<p>key ${key}</p>` },
    { status: 302, headers: { location: `http://127.0.0.1/?key=${key}` }, body: 'moved' },
  ];
  await using server = await vendorServer({ replies });
  const runner = runnerAt(server, 'openai');
  for (const _ of replies) {
    const outcome = JSON.stringify(await ask(runner));
    expect(outcome).toContain('[redacted]');
    expect(outcome).not.toContain(key);
  }
});
