import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { findOrInstall } from './find-or-install.ts';

test('findOrInstall() takes the newest of several versions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'versions-'));
  for (const version of ['9', '15', '11']) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'some-server'), '', { mode: 0o755 });
  }
  const wanted = { names: ['some-server'], folders: [join(folder, '*')], debian: 'none' };
  const path = join(folder, '15', 'some-server');
  expect(findOrInstall(wanted)).toEqual({ status: 'found', path });
  rmSync(folder, { recursive: true });
});

test('the servers are there, or it is said why they are not', () => {
  const service = inject('postgres');
  if (service.status === 'running') expect(service.address.port).toBeGreaterThan(0);
  else expect(service.because).toContain('postgres is not there');
});
