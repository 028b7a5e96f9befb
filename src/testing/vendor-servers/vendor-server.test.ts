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

test('vendorServer() lists models and knows no other path', async () => {
  await using server = await vendorServer();
  expect((await fetch(`${server.baseUrl}/models`)).status).toBe(200);
  expect((await fetch(`${server.baseUrl}/else`)).status).toBe(404);
  expect(server.requests).toEqual([]);
});
