import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openApp } from '../app/app.ts';
import { realClock } from '../app/real-clock.ts';
import { builtInSettings } from '../config/defaults.ts';
import type { Runner } from '../domain/runner.ts';
import { openPrometheus } from '../telemetry/prometheus.ts';
import { answers, hangs, scriptedRunner } from '../testing/scripted-runner.ts';
import { type RunningServer, type ServerOptions, startServer } from './start-server.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

const code = '```js\nexport const add = (a, b) => a + b;\n```';

async function serve(
  options: Partial<ServerOptions> = {},
  runners: Readonly<Record<string, Runner>> = {
    a: scriptedRunner('a', [answers(code, { chunks: ['```js\n', 'export'] })]),
  },
): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  const history = { keep: true, path: join(folder, 'h.db'), retentionDays: undefined };
  const settings = { ...builtInSettings, runners: {}, history, sandbox: 'none' as const };
  const app = openApp(settings, { env: {}, runners });
  undo.push(() => app.close());
  const server = await startServer(
    { app, clock: realClock },
    { host: '127.0.0.1', port: 0, token: undefined, allowHosts: [], version: '0', ...options },
  );
  undo.push(() => server.close(AbortSignal.abort()));
  return server;
}

/** The JSON of a response, of which each test reads what it is about. */
// biome-ignore lint/suspicious/noExplicitAny: a test that reads what is not there fails.
const json = async (response: Promise<Response> | Response): Promise<any> =>
  (await response).json();

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const asking = { task: 'Write add', models: ['a'], merge: 'never' };

test('the API begins a run, tells its events and gives its result', async () => {
  const { url } = await serve();
  const started = await post(`${url}/api/runs`, asking);
  expect(started.status).toBe(201);
  const { id, events } = await json(started);
  expect(started.headers.get('location')).toBe(`/api/runs/${id}`);
  const told = await (await fetch(url + events)).text();
  expect(told).toContain('"type":"decision-made"');
  expect(told.trimEnd().endsWith('event: end\ndata: {}')).toBe(true);
  const { run, result } = await json(fetch(`${url}/api/runs/${id}`));
  expect(run).toMatchObject({ id, status: 'complete', chosen: 'a' });
  expect(result.consensus_code).toContain('add');
  const { runs } = await json(fetch(`${url}/api/runs?text=WRITE&limit=1`));
  expect(runs).toEqual([run]);
});

test('the API goes on behind the last event that a client knows', async () => {
  const { url } = await serve();
  const { events } = await json(post(`${url}/api/runs`, asking));
  const told = await (await fetch(url + events)).text();
  const stored = await (await fetch(url + events)).text();
  const ids = [...stored.matchAll(/^id: (.+)$/gm)].map(([, id]) => id ?? '');
  expect(told).toContain('event: text');
  const rest = await fetch(url + events, { headers: { 'last-event-id': ids.at(-2) ?? '' } });
  expect([...(await rest.text()).matchAll(/^id: (.+)$/gm)].map(([, id]) => id)).toEqual(
    ids.slice(-1),
  );
});

test('the API cancels a run that goes on, and deletes it', async () => {
  const { url } = await serve({}, { a: scriptedRunner('a', [hangs('half')]) });
  const { id, events } = await json(post(`${url}/api/runs`, asking));
  expect((await fetch(`${url}/api/runs/${id}`, { method: 'DELETE' })).status).toBe(409);
  expect((await post(`${url}/api/runs/${id}/redecide`, {})).status).toBe(409);
  const cancelled = await post(`${url}/api/runs/${id}/cancel`, {});
  expect(await json(cancelled)).toEqual({ cancelled: true });
  await (await fetch(url + events)).text();
  const { run } = await json(fetch(`${url}/api/runs/${id}`));
  expect(run.status).toBe('cancelled');
  const begins = `${url}/api/runs/${String(id).slice(0, 5)}`;
  expect((await fetch(begins)).status).toBe(200);
  expect((await fetch(begins, { method: 'DELETE' })).status).toBe(400);
  expect((await fetch(`${url}/api/runs/${id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await fetch(`${url}/api/runs/${id}`)).status).toBe(404);
});

test('the API does not cancel a seat that nobody asked, or a run that has ended', async () => {
  const { url } = await serve({}, { a: scriptedRunner('a', [hangs('half')]) });
  const { id, events } = await json(post(`${url}/api/runs`, asking));
  const cancel = `${url}/api/runs/${id}/cancel`;
  const unasked = await post(`${cancel}?seat=primary-9`, {});
  expect(unasked.status).toBe(409);
  expect(await json(unasked)).toMatchObject({ code: 'seat-not-asked' });
  expect((await post(cancel, {})).status).toBe(202);
  await (await fetch(url + events)).text();
  const ended = await post(cancel, {});
  expect(ended.status).toBe(409);
  const detail = `Cannot cancel run ${id}: it has ended already, as cancelled`;
  expect(await json(ended)).toMatchObject({ code: 'run-ended', detail });
});

test('the API tells the models and the route', async () => {
  const { url } = await serve();
  const { models } = await json(fetch(`${url}/api/models`));
  expect(models).toMatchObject([{ name: 'a', available: true }]);
  const route = await json(post(`${url}/api/route`, asking));
  expect(route.seats).toMatchObject([{ model: 'a', role: 'primary', available: true }]);
  expect(route.learning).toBeNull();
  expect(route.estimate).toMatchObject({
    least: { cost_usd: null, tokens: expect.any(Number) },
    most: { cost_usd: null, tokens: null },
    unpriced: ['a'],
  });
});

test('the API tells in a route what the history has to do with it', async () => {
  const { url } = await serve();
  const { learning } = await json(post(`${url}/api/route`, { task: 'x', route: 'learned' }));
  expect(learning).toMatchObject({ status: 'not-used', because: expect.any(String) });
});

test('the API tells what holds where a request leaves a field out', async () => {
  const { url } = await serve();
  expect(await json(fetch(`${url}/api/defaults`))).toMatchObject({
    mode: 'medium',
    models: null,
    samples: 1,
    merge: 'auto',
    model_tests: true,
    timeout: 60,
    retries: 1,
    max_cost: null,
    modes: { medium: { primaries: 2, validators: 1 } },
  });
});

const sameFile = { path: 'a.ts', text: '' };

test.each([
  ['retries', { retries: 11 }, 'wanted a whole number from 0 to 10'],
  ['timeout', { timeout: 0 }, 'wanted seconds from 0.001 to 86400'],
  ['samples', { samples: 0.5 }, 'wanted a whole number from 1 to 20, or one for each model'],
  ['tests/0/path', { tests: [{ path: '../x', text: '' }] }, 'a relative path with /, without ..'],
  ['tests', { tests: [{ path: 'odd.xyz', text: '' }] }, 'no runner is known for it'],
  ['models', { models: ['nobody'] }, 'nobody'],
  ['validators', { validators: Array(17).fill('a') }, 'wanted 16 names at most'],
  ['max_tokens', { max_tokens: 1 }, 'the budget of the run is 1 tokens'],
  ['context', { context: [sameFile, sameFile] }, 'wanted each path once'],
])('the API tells that it is %s that it cannot use', async (path, more, words) => {
  const { url } = await serve();
  const { errors } = await json(post(`${url}/api/runs`, { ...asking, ...more }));
  expect(errors).toEqual([{ pointer: `#/${path}`, detail: expect.stringContaining(words) }]);
});

test('the API tells how the models fared, and offers no example where models are asked', async () => {
  const { url } = await serve();
  const { events } = await json(post(`${url}/api/runs`, asking));
  await (await fetch(url + events)).text();
  const { models } = await json(fetch(`${url}/api/statistics?category=general`));
  expect(models).toMatchObject([{ runner: 'a', asked: 1, answered: 1, win_rate: null }]);
  const none = await json(fetch(`${url}/api/statistics?since=2999-01-01T00:00:00Z`));
  expect(none).toEqual({ models: [] });
  expect(await json(fetch(`${url}/api/examples`))).toEqual({ examples: [] });
});

test('the API describes itself', async () => {
  const { url } = await serve();
  const described = await json(fetch(`${url}/api/openapi.json`));
  expect(described.openapi).toBe('3.1.0');
  expect(Object.keys(described.paths)).toEqual(
    expect.arrayContaining(['/api/runs', '/api/runs/{id}/events', '/api/models', '/api/route']),
  );
  expect(described.components.schemas.Problem).toBeDefined();
});

test.each([
  ['a body that is no JSON', '{', 400],
  ['an unknown key', { ...asking, sandbox: 'none' }, 400],
  ['an empty task', { task: ' ' }, 400],
  ['an unknown model', { task: 'x', models: ['nobody'] }, 400],
  ['a context file outside', { ...asking, context: [{ path: '../x', text: '' }] }, 400],
  ['a tests file outside', { ...asking, tests: [{ path: 'a/../../test_x.py', text: '' }] }, 400],
])('the API refuses %s with a problem', async (_, body, status) => {
  const { url } = await serve();
  const response = await fetch(`${url}/api/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const { detail, code: problem } = await json(response);
  expect(detail).toMatch(/^(Cannot|Nobody)/);
  expect(problem).toBeTypeOf('string');
});

test('the API refuses a body that is too large with a problem, before it is sent', async () => {
  const { url } = await serve();
  const headers = { 'content-type': 'application/json', 'content-length': 17 * 1024 * 1024 };
  const sending = request(`${url}/api/runs`, { method: 'POST', headers });
  sending.flushHeaders();
  const [response]: IncomingMessage[] = await once(sending, 'response');
  sending.on('error', () => undefined).destroy();
  expect(response?.statusCode).toBe(413);
  expect(response?.headers['content-type']).toBe('application/problem+json');
});

test.each([
  ['PUT', '/api/runs', 'POST, GET, HEAD'],
  ['GET', '/api/runs/x/cancel', 'POST'],
  ['PATCH', '/api/runs/x', 'GET, HEAD, DELETE'],
  ['POST', '/api/openapi.json', 'GET, HEAD'],
  ['POST', '/healthz', 'GET, HEAD'],
  ['POST', '/metrics', 'GET, HEAD'],
  ['PUT', '/mcp', 'GET, POST, DELETE'],
  ['GET', '/v1/responses', 'POST'],
])('the server refuses %s of %s, and says which methods it takes', async (method, path, allow) => {
  const prometheus = openPrometheus({ version: '0', labelOf: (runner) => runner });
  const { url } = await serve({ prometheus });
  const response = await fetch(url + path, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe(allow);
  const body = await json(response);
  if (path.startsWith('/v1')) expect(body.error.code).toBe('method_not_supported');
  else if (path !== '/mcp') expect(body).toMatchObject({ status: 405, code: 'method-not-allowed' });
});

test('the server answers HEAD where it answers GET, and 404 where nothing is', async () => {
  const { url } = await serve();
  expect((await fetch(`${url}/api/runs`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${url}/api/nothing`, { method: 'POST' })).status).toBe(404);
});

test.each([
  ['a foreign host', { host: 'evil.example' }, 421],
  ['a foreign origin', { origin: 'http://evil.example' }, 403],
  ['an origin that is null', { origin: 'null' }, 403],
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 403],
])('the server refuses %s', async (_, headers, status) => {
  const { url } = await serve();
  expect(await statusOf(`${url}/api/models`, headers)).toBe(status);
});

test('the server lets its own page in, and a link to it', async () => {
  const { url } = await serve();
  expect(await statusOf(`${url}/api/models`, { origin: url })).toBe(200);
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect(await statusOf(`${url}/healthz`, link)).toBe(200);
});

test('the server asks for its token, and looks at no more after many wrong ones', async () => {
  const { url } = await serve({ token: 'secret' });
  expect(await statusOf(`${url}/healthz`)).toBe(200);
  expect(await statusOf(`${url}/api/models`)).toBe(401);
  expect(await statusOf(`${url}/api/models`, { authorization: 'Bearer secret' })).toBe(200);
  const wrong: number[] = [];
  for (let guess = 0; guess < 25; guess++) {
    wrong.push(await statusOf(`${url}/api/models`, { authorization: `Bearer ${guess}` }));
  }
  expect(new Set(wrong.slice(0, 20))).toEqual(new Set([401]));
  expect(wrong.at(-1)).toBe(429);
  expect(await statusOf(`${url}/api/models`, { authorization: 'Bearer secret' })).toBe(200);
});

test('startServer() opens nothing beyond this machine without a token', async () => {
  await expect(serve({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'bad-usage' });
});

/** Unlike `fetch`, sets any header. */
function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}
