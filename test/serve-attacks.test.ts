import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { realClock } from '../src/app/real-clock.ts';
import { answers, hangs } from '../src/testing/scripted-runner.ts';
import { sent, served } from './served.ts';

const json = { 'content-type': 'application/json' };
const megabyte = 1024 * 1024;

/** The status of what a server answers to bytes; 0 where it only closes the connection. */
async function raw(port: number, bytes: string): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.end(bytes, 'latin1');
  const answer = await text(socket).catch(() => '');
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
}

test.each([
  'evil.example',
  'evil.example:7377',
  '127.0.0.1.evil',
  '127.0.0.1.evil.example',
  'localhost.',
  'user@127.0.0.1',
  '127.0.0.1/evil',
  '127.0.0.1#evil',
  '127.0.0.1:80:80',
  '[::1].evil',
  '[::ffff:7f00:1]',
  '2130706433',
  '0x7f.1',
  '127.0.0.1, evil.example',
])('the server does not answer for the host "%s"', async (host) => {
  await using place = await served();
  expect([400, 421]).toContain(await place.status({ host }));
  expect(await place.status()).toBe(200);
});

test.each(['My.Name', 'my.name:8080', '[fe80::1]'])(
  'the server answers for the host "%s" that it is allowed to',
  async (host) => {
    await using place = await served(undefined, { allowHosts: ['my.NAME', '[FE80::1]'] });
    expect(await place.status({ host })).toBe(200);
  },
);

test.each(['127.0.0.1', 'LOCALHOST', 'localhost:1', '[::1]:7377'])(
  'the server answers for the host "%s"',
  async (host) => {
    await using place = await served();
    expect(await place.status({ host })).toBe(200);
  },
);

test.each([
  'http://evil.example',
  'http://127.0.0.1.evil',
  'https://127.0.0.1.evil:443',
  'http://localhost:1',
  'http://[::1]',
  'null',
  'file://',
  '127.0.0.1',
  'chrome-extension://abcdef',
])('the server does not answer a page of %s', async (origin) => {
  await using place = await served();
  expect(await place.status({ origin })).toBe(403);
});

test.each([
  [
    'a host in the first line',
    'GET http://evil.example/api/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
  ],
  ['an empty host', 'GET /api/models HTTP/1.1\r\nHost: \r\n\r\n'],
  ['no host', 'GET /api/models HTTP/1.1\r\n\r\n'],
  ['no host, as of old', 'GET /api/models HTTP/1.0\r\n\r\n'],
  ['two hosts', 'GET /api/models HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n'],
  [
    'two lengths',
    'POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
  ],
  [
    'a length and chunks',
    'POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'a hidden kind of chunks',
    'POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'a folded header',
    'GET /api/models HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b\r\n Host: evil\r\n\r\n',
  ],
  ['a bare line feed', 'GET /api/models HTTP/1.1\nHost: 127.0.0.1\n\n'],
  ['NUL in a header', 'GET /api/models HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n'],
  [
    'a flood of headers',
    `GET /api/models HTTP/1.1\r\nHost: 127.0.0.1\r\n${'X-A: 0123456789\r\n'.repeat(5000)}\r\n`,
  ],
  ['bytes that are no HTTP', '\x16\x03\x01\x02\0\x01\0\x01'],
])('the server refuses %s', async (_, bytes) => {
  await using place = await served();
  const status = await raw(place.port, bytes);
  expect(status === 0 || status >= 400).toBe(true);
  expect(await place.status()).toBe(200);
});

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/jsonp',
])('no run is begun by a body of the type %s', async (type) => {
  await using place = await served();
  const model = 'orchestrator-simple';
  const bodies = {
    '/api/runs': { task: 'x' },
    '/api/route': { task: 'x' },
    '/v1/chat/completions': { model, messages: [{ role: 'user', content: 'x' }] },
    '/v1/responses': { model, input: 'x' },
    '/mcp': { jsonrpc: '2.0', id: 1, method: 'tools/call' },
  };
  for (const [path, body] of Object.entries(bodies)) {
    const options = {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
    };
    expect((await sent(place.url + path, options)).status).toBe(415);
  }
  expect(await (await place.app.history()).list({})).toEqual([]);
});

test('no body is read as JSON that does not say what it is', async () => {
  await using place = await served();
  const body = JSON.stringify({ task: 'x' });
  expect((await sent(`${place.url}/api/runs`, { method: 'POST', body })).status).toBe(415);
});

const script = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';

test('script in a task and in an answer comes back as JSON alone, which no browser takes for a page', async () => {
  await using place = await served([answers(`${script}\n\n\`\`\`html\n${script}\n\`\`\``)]);
  const asked = { task: script, models: ['a'], merge: 'never' };
  const options = { method: 'POST', headers: json, body: JSON.stringify(asked) };
  const { id } = JSON.parse((await sent(`${place.url}/api/runs`, options)).body) as { id: string };
  await (await fetch(`${place.url}/api/runs/${id}/events`)).text();
  const paths = [
    '/api/runs',
    `/api/runs/${id}`,
    `/api/runs/${id}/events`,
    `/api/runs/${encodeURIComponent(script)}`,
  ];
  for (const path of [
    ...paths,
    `/${encodeURIComponent(script)}`,
    `/v1/models/${encodeURIComponent(script)}`,
  ]) {
    const { headers } = await sent(place.url + path);
    expect(headers['content-type']).toMatch(/^(application\/(problem\+)?json|text\/event-stream)/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['set-cookie']).toBeUndefined();
  }
});

test.each([
  '../../x',
  'a/../../x',
  '/etc/passwd',
  '\\\\server\\share',
  'C:\\x',
  'c:x',
  'a\0b',
  'a\\..\\b',
  'x'.repeat(1001),
  '',
])('no file is named %j', async (path) => {
  await using place = await served();
  for (const kind of ['context', 'tests']) {
    const body = JSON.stringify({ task: 'x', [kind]: [{ path, text: '' }] });
    const { status } = await sent(`${place.url}/api/runs`, { method: 'POST', headers: json, body });
    expect(status).toBe(400);
  }
});

test.each([
  '/api/runs/..%2f..%2fetc%2fpasswd',
  '/api/runs/%00',
  '/..%2f..%2fetc/passwd',
  '/api/runs/%ff',
  '/%c0%ae%c0%ae/',
])('no path leads out of the server: %s', async (path) => {
  await using place = await served();
  const { status, body } = await sent(place.url + path);
  expect([400, 404]).toContain(status);
  expect(body).not.toContain('root:');
});

test.each([
  ['very deep', `{"task":${'['.repeat(1_000_000)}`],
  ['deep and whole', `{"task":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['with a prototype', '{"task":"x","__proto__":{"admin":true}}'],
  ['no UTF-8', Buffer.from('{"task":"\xff\xfe"', 'latin1').toString('latin1')],
])('JSON that is %s is refused', async (_, body) => {
  await using place = await served();
  for (const path of ['/api/runs', '/v1/chat/completions', '/v1/responses', '/mcp']) {
    const { status } = await sent(place.url + path, { method: 'POST', headers: json, body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  }
  expect(await place.status()).toBe(200);
});

test.each([
  ['a length', { 'content-length': String(1024 * megabyte) }],
  ['no length', {}],
])('a gigabyte with %s is refused before it is held', async (_, headers) => {
  await using place = await served();
  const before = process.memoryUsage().rss;
  for (const path of ['/api/runs', '/v1/chat/completions', '/mcp']) {
    const { status, sentBytes } = await flood(place.url + path, headers);
    // A connection that is ended under the writer's hand can take the answer with it.
    expect([413, 0]).toContain(status);
    expect(sentBytes).toBeLessThan(64 * megabyte);
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * megabyte);
  expect(await place.status()).toBe(200);
});

/** Writes a gigabyte as fast as it is taken, until somebody answers or hangs up. */
async function flood(url: string, headers: Readonly<Record<string, string>>) {
  const sending = request(url, { method: 'POST', agent: false, headers: { ...json, ...headers } });
  const ended = Promise.withResolvers<number>();
  sending.on('response', ({ statusCode }) => ended.resolve(statusCode ?? 0));
  sending.on('error', () => ended.resolve(0));
  const piece = Buffer.alloc(megabyte, ' ');
  let sentBytes = 0;
  const writing = (async () => {
    while (sentBytes < 1024 * megabyte && !sending.destroyed) {
      sentBytes += piece.length;
      if (!sending.write(piece)) await Promise.race([once(sending, 'drain'), ended.promise]);
      if ((await Promise.race([ended.promise, Promise.resolve('open')])) !== 'open') return;
    }
  })().catch(() => undefined);
  const status = await ended.promise;
  await writing;
  sending.destroy();
  return { status, sentBytes };
}

test.each([
  ['headers', 'POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\n'],
  [
    'a body',
    'POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
  ],
])('a client that never ends %s is hung up on', async (_, bytes) => {
  const times = { headersTimeout: 50, requestTimeout: 100, connectionsCheckingInterval: 20 };
  await using place = await served(undefined, { times });
  const hungUpOn = Array.from({ length: 100 }, () => {
    const socket = connect(place.port, '127.0.0.1');
    // Hung up on while it writes, a client may be told so by an error first.
    socket.on('error', () => undefined);
    socket.resume().write(bytes);
    return new Promise((resolve) => socket.once('close', resolve));
  });
  await Promise.all(hungUpOn);
  // On a busy machine, an honest request can be too slow for such limits as well.
  await expect.poll(() => place.status()).toBe(200);
});

test('streams whose headers alone are asked for take no place', async () => {
  await using place = await served([hangs('half')], { streams: 2 });
  const events = `${place.url}/api/runs/${await place.begin()}/events`;
  for (let turn = 0; turn < 4; turn += 1) {
    expect((await sent(events, { method: 'HEAD' })).status).toBe(200);
  }
});

test('10,000 event streams are bounded, and others are served meanwhile', {
  timeout: 60_000,
}, async () => {
  await using place = await served([hangs('half')], { rate: 100_000, streams: 200 });
  const id = await place.begin();
  const events = `GET /api/runs/${id}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
  const open: Socket[] = [];
  const statuses: Record<string, number> = {};
  for (let wave = 0; wave < 50; wave += 1) {
    await Promise.all(
      Array.from({ length: 200 }, async () => {
        const socket = connect(place.port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.write(events);
        const [bytes] = await once(socket, 'data');
        const status = String(bytes).slice(9, 12);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status === '200') open.push(socket);
        else socket.destroy();
      }),
    );
  }
  expect(statuses).toEqual({ 200: 200, 503: 9800 });
  expect(await place.status()).toBe(200);
  for (const socket of open) socket.destroy();
  // A place that is free again is given to the next.
  const next = async () => (await fetch(`${place.url}/api/runs/${id}/events`)).status;
  await expect.poll(next).toBe(200);
});

test('clients that never read hold no more than their connections do', {
  timeout: 60_000,
}, async () => {
  const asked = Promise.withResolvers<void>();
  const whole = 'x'.repeat(10 * megabyte);
  await using place = await served({
    name: 'a',
    streaming: true,
    available: async () => ({ status: 'available', where: 'here' }),
    ask: async (_prompt, { report, signal }) => {
      await asked.promise;
      for (let from = 0; from < whole.length; from += 65_536)
        report({ type: 'text', text: whole.slice(from, from + 65_536) });
      await once(signal, 'abort');
      return { status: 'failed', failure: { kind: 'cancelled', message: 'Cancelled' } };
    },
  });
  const id = await place.begin();
  const before = process.memoryUsage().rss;
  const stalled = Array.from({ length: 100 }, () => {
    const socket = connect(place.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`GET /api/runs/${id}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    return socket.pause();
  });
  asked.resolve();
  const reading = await fetch(`${place.url}/api/runs/${id}/events`);
  for await (const chunk of reading.body ?? []) {
    if (Buffer.from(chunk).includes('xxxx')) break;
  }
  expect(await place.status()).toBe(200);
  // Each would hold 10 MB of its own where answers were queued for it.
  expect(process.memoryUsage().rss - before).toBeLessThan(500 * megabyte);
  for (const socket of stalled) socket.destroy();
});

/** A clock whose time stands still, so that nothing is forgiven however long a test takes. */
const still = { ...realClock, elapsed: () => 0 };

test('wrong tokens are counted, and never lock the right one out', async () => {
  const token = 'the-right-token-of-all';
  await using place = await served(undefined, { token, clock: still });
  const guesses = Array.from({ length: 200 }, (_, index) =>
    place.status({ authorization: `Bearer ${index}` }),
  );
  const statuses = await Promise.all(guesses);
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  expect(statuses.filter((status) => status === 401)).toHaveLength(20);
  expect(await place.status({ authorization: `Bearer ${token}` })).toBe(200);
});

test('the limit of requests is one, whatever a client says of itself', async () => {
  await using place = await served(undefined, { rate: 5, clock: still });
  const asking = Array.from({ length: 10 }, (_, index) =>
    place.status({ authorization: `Bearer ${index}` }),
  );
  expect((await Promise.all(asking)).filter((status) => status === 429)).toHaveLength(5);
});

test.each([
  '9'.repeat(4000),
  '-1',
  's-99999999999999999999',
  's-1.5',
  `${'x'.repeat(8000)}`,
  's--5',
])('an event id that nobody gave is borne, case %#', async (after) => {
  await using place = await served();
  const id = await place.begin();
  const options = { headers: { 'last-event-id': after } };
  const { status, body } = await sent(`${place.url}/api/runs/${id}/events`, options);
  expect(status).toBe(200);
  expect(body).toContain('event: end');
});

test('startServer() opens nothing to others with a token that can be guessed', async () => {
  const short = served(undefined, { host: '0.0.0.0', token: 'short' });
  await expect(short).rejects.toMatchObject({ code: 'bad-usage' });
});

test('a defect is told to whoever runs the server, and not to who asks it', async () => {
  const onDefect = vi.fn();
  await using place = await served(undefined, { onDefect });
  const defect = new TypeError('a secret');
  vi.spyOn(place.app, 'models').mockRejectedValue(defect);
  const { status, body } = await sent(`${place.url}/api/models`);
  expect(status).toBe(500);
  expect(body).not.toContain('secret');
  expect(onDefect.mock.calls).toEqual([[defect]]);
});
