import { expect, test } from 'vitest';
import { vendorServer } from './vendor-server.ts';

const paths = [
  '/chat/completions',
  '/responses',
  '/messages',
  '/models/gemini-x:streamGenerateContent?alt=sse',
];

function post(url: string, headers: Record<string, string> = {}, signal?: AbortSignal) {
  const body = JSON.stringify({ model: 'm' });
  return fetch(url, { method: 'POST', body, headers, ...(signal && { signal }) });
}

test.each(paths)('vendorServer() streams an answer at %s and records the request', async (path) => {
  await using server = await vendorServer({ replies: { text: 'Hello' } });
  const response = await post(server.baseUrl + path);
  const body = await response.text();
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(body).toContain('Hello');
  expect(server.requests).toMatchObject([
    { method: 'POST', path: `/v1${path}`, body: { model: 'm' } },
  ]);
  expect(await server.requests[0]?.closed).toBe('answered');
});

test('vendorServer() gives its replies in order and the last one for all that follow', async () => {
  const wait = { status: 429, headers: { 'retry-after': '0' } };
  await using server = await vendorServer({ replies: [wait, { text: 'Hello' }] });
  const statuses: number[] = [];
  for (let count = 0; count < 3; count++) {
    const response = await post(`${server.baseUrl}/chat/completions`);
    await response.text();
    statuses.push(response.status);
  }
  expect(statuses).toEqual([429, 200, 200]);
});

test('vendorServer() asks its script for each reply', async () => {
  await using server = await vendorServer({
    replies: ({ path }, index) => ({ body: `${path} ${index}` }),
  });
  await post(`${server.baseUrl}/messages`);
  const second = await post(`${server.baseUrl}/responses`);
  expect(await second.text()).toBe('/v1/responses 1');
});

test('vendorServer() refuses every key but its own, wherever the vendor has it', async () => {
  await using server = await vendorServer({ apiKey: 'k' });
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await post(`${server.baseUrl}/messages`, headers)).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: 'Bearer x' })).toBe(401);
  expect(await status({ authorization: 'Bearer k' })).toBe(200);
  expect(await status({ 'x-api-key': 'k' })).toBe(200);
  expect(await status({ 'x-goog-api-key': 'k' })).toBe(200);
});

test('vendorServer() tells who closed the connection', async () => {
  await using server = await vendorServer({
    replies: [{ fault: 'hang-before-headers' }, { fault: 'reset-before-headers' }],
  });
  const stop = new AbortController();
  const first = post(`${server.baseUrl}/messages`, {}, stop.signal).catch(() => 'aborted');
  const hanging = await server.received(1);
  stop.abort();
  expect(await first).toBe('aborted');
  expect(await hanging.closed).toBe('closed-by-client');
  await expect(post(`${server.baseUrl}/messages`)).rejects.toThrow();
  expect(await server.requests[1]?.closed).toBe('closed-by-server');
});

test('vendorServer() keeps its pace', async () => {
  await using server = await vendorServer({
    replies: { text: 'abcdef', deltaLength: 2, gapMs: 5, latencyMs: 30 },
  });
  const startedMs = performance.now();
  await (await post(`${server.baseUrl}/messages`)).text();
  // Nine events with a gap after each, less what a timer may ring early.
  expect(performance.now() - startedMs).toBeGreaterThan(30 + 9 * 4);
});

test('vendorServer() sends one document to who wants no stream', async () => {
  await using server = await vendorServer({ replies: { text: 'Hello' } });
  const body = JSON.stringify({ model: 'm', stream: false });
  for (const path of ['/messages', '/chat/completions', '/responses']) {
    const response = await fetch(server.baseUrl + path, { method: 'POST', body });
    expect(JSON.stringify(await response.json())).toContain('Hello');
  }
  const response = await post(`${server.baseUrl}/models/gemini-x:generateContent`);
  expect(JSON.stringify(await response.json())).toContain('Hello');
});

test('vendorServer() refuses to open a WebSocket, which is no request for an answer', async () => {
  await using server = await vendorServer();
  const url = `${server.baseUrl.replace('http', 'ws')}/responses`;
  const end = await new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => resolve('open'));
    socket.addEventListener('error', () => resolve('refused'));
  });
  expect(end).toBe('refused');
  expect(server.requests).toEqual([]);
});

test('vendorServer() lists models, tells of a key, and knows no other path', async () => {
  await using server = await vendorServer({ models: ['m-1'], apiKey: 'k' });
  const get = async (path: string, key = 'k') => {
    const headers = { authorization: `Bearer ${key}` };
    return fetch(server.baseUrl + path, { headers });
  };
  expect(await (await get('/models')).json()).toMatchObject({ data: [{ id: 'm-1' }] });
  expect((await get('/api-key')).status).toBe(200);
  expect((await get('/api-key', 'x')).status).toBe(401);
  expect((await get('/models', 'x')).status).toBe(401);
  expect((await get('/else')).status).toBe(404);
  expect(server.requests).toEqual([]);
});
