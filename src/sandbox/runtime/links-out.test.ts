import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { privateFolder } from '../../lib/private-folder.ts';
import { linkOut } from './links-out.ts';

test('linkOut() finds a link that leads out of the paths, and no other', async () => {
  await using folder = await privateFolder();
  await folder.write({ 'job/a.js': '', 'outside/key': '' });
  const job = join(folder.path, 'job');
  mkdirSync(join(job, 'deep'));
  symlinkSync(join(job, 'a.js'), join(job, 'deep/inside'));
  symlinkSync(join(job, 'nowhere'), join(job, 'deep/dangling'));
  expect(linkOut([job])).toBeUndefined();
  symlinkSync(join(folder.path, 'outside'), join(job, 'deep/out'));
  expect(linkOut([job])).toBe(join(job, 'deep/out'));
});
