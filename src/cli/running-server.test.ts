import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { runningServer, servesPage } from './running-server.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.splice(0)) each();
});

/** A server that answers each path with a type and a body. */
async function server(paths: Readonly<Record<string, readonly [string, string]>>): Promise<string> {
  const http = createServer(({ url = '' }, response) => {
    const [type = 'text/plain', body] = paths[url] ?? [];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type });
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  undo.push(() => http.close());
  // A server that listens on a port has an address of this kind.
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

const health = [
  'application/json',
  '{"status":"ok","service":"multi-model-orchestrator"}',
] as const;

test('runningServer() finds a server of this program, and says whether it has a run', async () => {
  const url = await server({ '/healthz': health, '/api/runs/abc': ['application/json', '{}'] });
  const found = await runningServer(url);
  expect(found?.url).toBe(url);
  expect(await found?.has('abc')).toBe(true);
  expect(await found?.has('xyz')).toBe(false);
});

test.each([
  ['another program', '{"status":"ok"}'],
  ['what is no JSON', 'ok'],
])('runningServer() takes %s for none', async (_, body) => {
  const url = await server({ '/healthz': ['application/json', body] });
  expect(await runningServer(url)).toBeUndefined();
});

test('runningServer() finds none where nobody listens', async () => {
  const url = await server({});
  for (const each of undo.splice(0)) each();
  expect(await runningServer(url)).toBeUndefined();
});

test('servesPage() tells a page from an API alone', async () => {
  const page = await server({ '/': ['text/html; charset=utf-8', '<!doctype html>'] });
  const api = await server({ '/healthz': health });
  expect([await servesPage(page), await servesPage(api)]).toEqual([true, false]);
});
