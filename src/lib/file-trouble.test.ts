import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { whyUnreadable, whyUnwritable } from './file-trouble.ts';

const folder = mkdtempSync(join(tmpdir(), 'trouble-'));
afterAll(() => rmSync(folder, { recursive: true }));

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('whyUnreadable() says what the system found, without its path', () => {
  const missing = thrownBy(() => readFileSync(join(folder, 'none')));
  expect(whyUnreadable(missing)).toBe('there is no such file');
  expect(whyUnreadable(thrownBy(() => readFileSync(folder)))).toContain('it is a directory');
});

test.runIf(process.platform === 'linux')('whyUnreadable() names a socket as one', async () => {
  const path = join(folder, 'socket');
  await using server = createServer().listen(path);
  await once(server, 'listening');
  const said = whyUnreadable(thrownBy(() => readFileSync(path)));
  expect(said).toBe('it is a socket, and a file or a pipe is wanted');
});

test('whyUnwritable() tells a folder that is missing from a file that is', () => {
  const missing = thrownBy(() => writeFileSync(join(folder, 'none', 'a'), ''));
  expect(whyUnwritable(missing)).toBe('its folder is not there');
});

test('whyUnwritable() gives the words of anything else', () => {
  expect(whyUnwritable(new Error('no reason'))).toBe('no reason');
  expect(whyUnwritable('text')).toBe('text');
});
