import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { pageResponse } from './page-response.ts';
import { readPage } from './read-page.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.splice(0)) each();
});

function built(): string {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  undo.push(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'secret');
  writeFileSync(join(folder, 'page', 'index.html'), 'start');
  writeFileSync(join(folder, 'page', 'assets', 'main-1a2b.js'), 'x = 1;'.repeat(100));
  return join(folder, 'page');
}

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Request(`http://localhost${path}`, { headers, method });

test('pageResponse() gives hashed files for long, compressed where that is taken', async () => {
  const files = await readPage(built());
  const plain = pageResponse(files, get('/assets/main-1a2b.js'));
  expect(plain?.headers.get('cache-control')).toContain('immutable');
  expect(plain?.headers.get('content-type')).toContain('text/javascript');
  const zipped = pageResponse(files, get('/assets/main-1a2b.js', { 'accept-encoding': 'gzip' }));
  expect(zipped?.headers.get('content-encoding')).toBe('gzip');
  expect((await zipped?.arrayBuffer())?.byteLength).toBeLessThan(100);
});

test.each([
  '/',
  '/runs/abc',
  '/compare/a/b',
  '/../secret.html',
  '/%2e%2e/secret.html',
  '/..%2fsecret.html',
])(
  'pageResponse() gives the start of the page for %s, and has it asked for each time',
  async (path) => {
    const response = pageResponse(await readPage(built()), get(path));
    expect(await response?.text()).toBe('start');
    expect(response?.headers.get('cache-control')).toBe('no-cache');
  },
);

test.each(['/api/nothing', '/v1/x', '/assets/old-1.js', '/assets/../../secret.html/../assets/x'])(
  'pageResponse() has nothing for %s',
  async (path) => {
    expect(pageResponse(await readPage(built()), get(path))).toBeUndefined();
  },
);

test('pageResponse() has nothing for what is posted, and no body for HEAD', async () => {
  const files = await readPage(built());
  expect(pageResponse(files, get('/', {}, 'POST'))).toBeUndefined();
  expect(await pageResponse(files, get('/', {}, 'HEAD'))?.text()).toBe('');
});

test('readPage() finds none in a folder that is not there', async () => {
  expect(await readPage('/nowhere/at/all')).toBeUndefined();
});
