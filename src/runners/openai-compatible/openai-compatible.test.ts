import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import type { Outcome, Runner } from '../../domain/runner.ts';
import type { OpenAiCompatibleSettings, RunnerTools } from '../../domain/runner-settings.ts';
import { vendorServer } from '../../testing/vendor-servers/vendor-server.ts';
import { openAiCompatible } from './openai-compatible.ts';

const never = new AbortController().signal;

function runner(
  more: Partial<OpenAiCompatibleSettings> & { readonly baseUrl: string },
  tools: Partial<RunnerTools> = {},
): Runner {
  const settings: OpenAiCompatibleSettings = {
    type: 'openai-compatible',
    model: 'qwen',
    apiKeyEnv: undefined,
    headers: {},
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
    ...more,
  };
  return openAiCompatible('local', settings, { env: {}, clock: realClock, ...tools });
}

function ask(asked: Runner): Promise<Outcome> {
  const context = { signal: never, limitMs: 10_000, report: () => undefined };
  return asked.ask({ system: 'S', text: 'T' }, context);
}

/** The address of a server that has gone. */
async function goneUrl(): Promise<string> {
  await using server = await vendorServer();
  return server.baseUrl;
}

test('openAiCompatible() asks a server without keys', async () => {
  await using server = await vendorServer({ replies: { text: 'Hi' } });
  const asked = runner({ baseUrl: `${server.baseUrl}/` });
  expect(await asked.available()).toEqual({ status: 'available', where: server.baseUrl });
  expect(await ask(asked)).toMatchObject({ status: 'answered', text: 'Hi', model: 'qwen' });
  expect(server.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions' });
  expect(server.requests[0]?.headers.authorization).toBeUndefined();
});

test('openAiCompatible() sends the key of its variable and the headers of its settings', async () => {
  await using server = await vendorServer({ apiKey: 'sk-1234' });
  const settings = { baseUrl: server.baseUrl, apiKeyEnv: 'MY_KEY', headers: { 'x-title': 'us' } };
  expect(await ask(runner(settings, { env: { MY_KEY: 'sk-1234' } }))).toMatchObject({
    status: 'answered',
  });
  expect(server.requests[0]?.headers['x-title']).toBe('us');
});

test('openAiCompatible() is not signed in without the key that it was told to use', async () => {
  const asked = runner({ baseUrl: 'http://127.0.0.1:1/v1', apiKeyEnv: 'MY_KEY' });
  expect(await asked.available()).toMatchObject({
    kind: 'not-signed-in',
    message: 'No API key: MY_KEY is not set',
    remedy: 'Set MY_KEY',
  });
});

test('openAiCompatible() keeps the values of its headers out of messages', async () => {
  const message = 'who is token-1234';
  await using server = await vendorServer({ replies: { status: 400, message } });
  const asked = runner({ baseUrl: server.baseUrl, headers: { 'x-token': 'token-1234' } });
  expect(await ask(asked)).toMatchObject({ failure: { message: 'HTTP 400: who is [redacted]' } });
});

test('openAiCompatible() refuses an address that is no HTTP address, asking nobody', async () => {
  const asked = runner({ baseUrl: 'ftp://models' });
  expect(await asked.available()).toMatchObject({ status: 'unavailable', kind: 'bad-usage' });
  expect(await ask(asked)).toMatchObject({ failure: { kind: 'bad-usage' } });
});

test('openAiCompatible() names a server that is not there', async () => {
  const baseUrl = await goneUrl();
  const message = `Cannot reach ${baseUrl}: ECONNREFUSED`;
  const failure = { kind: 'network', message };
  expect(await ask(runner({ baseUrl }))).toEqual({ status: 'failed', failure });
  expect(await runner({ baseUrl }).probe?.({ signal: never, offline: false })).toEqual({
    availability: { status: 'available', where: baseUrl },
    version: null,
    signedIn: 'not-needed',
    startMs: null,
    reach: {
      status: 'unreachable',
      message,
      remedy: 'Check the connection, the proxy and the base URL, and that the server runs',
    },
  });
});

test('openAiCompatible() says to check the base URL when nothing is at its path', async () => {
  await using server = await vendorServer({ replies: { status: 404, body: '404 page not found' } });
  const outcome = await ask(runner({ baseUrl: server.baseUrl }));
  const message = expect.stringContaining('check the base URL');
  expect(outcome).toMatchObject({ failure: { kind: 'unknown-model', status: 404, message } });
});

test('openAiCompatible() says that a compressed answer was not asked for', async () => {
  const headers = { 'content-encoding': 'gzip' };
  await using server = await vendorServer({ replies: { body: '\u001f\u008b', headers } });
  expect(await ask(runner({ baseUrl: server.baseUrl }))).toMatchObject({
    failure: { kind: 'broken-stream', message: expect.stringContaining('(gzip)') },
  });
});

test('probe() finds a server without a list of models available, and knows of no sign-in', async () => {
  await using server = await serve((_, response) => response.writeHead(404).end());
  const probe = await runner({ baseUrl: server.baseUrl }).probe?.({
    signal: never,
    offline: false,
  });
  expect(probe).toMatchObject({ availability: { status: 'available' }, signedIn: 'not-needed' });
});

test('probe() gives a silent server up when its time is over', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  await using server = await serve(() => resolve());
  const rings: (() => void)[] = [];
  const after = (_: number, ring: () => void): (() => void) => {
    rings.push(ring);
    return () => undefined;
  };
  const asked = runner({ baseUrl: server.baseUrl }, { clock: { ...realClock, after } });
  const probe = asked.probe?.({ signal: never, offline: false });
  await arrived;
  for (const ring of rings) ring();
  const message = `No answer from ${server.baseUrl} within 3 s`;
  expect(await probe).toMatchObject({ reach: { status: 'unreachable', message } });
});

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
