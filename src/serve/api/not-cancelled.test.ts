import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../app/app.ts';
import { builtInSettings } from '../../config/defaults.ts';
import { task } from '../../testing/builders.ts';
import { notHere } from './not-cancelled.ts';

test('notHere() says who can cancel a run, by where it stands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'not-cancelled-'));
  const history = { keep: true, path: join(folder, 'h.db'), retentionDays: undefined };
  const app = openApp({ ...builtInSettings, history }, { env: {} });
  onTestFinished(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });
  const store = await app.history();
  const held = await store.begin({ type: 'run-started', task: task('x'), atMs: 1000 });
  const { id } = held;
  expect(await notHere(id, app)).toMatchObject({
    status: 409,
    code: 'run-in-use',
    detail: expect.stringContaining('another process performs it'),
    hint: expect.stringContaining('where it was begun'),
  });
  await held.release();
  const hint = `To go on with it: orchestrator resume ${id}`;
  expect(await notHere(id, app)).toMatchObject({ status: 409, code: 'run-interrupted', hint });
  const taking = await store.take(id);
  if (taking.status !== 'taken') throw new TypeError(taking.status);
  await taking.run.append({ type: 'run-ended', status: 'failed', atMs: 2000 });
  const detail = `Cannot cancel run ${id}: it has ended already, as failed`;
  expect(await notHere(id, app)).toEqual({ status: 409, code: 'run-ended', detail });
  await taking.run.release();
  await store.remove([id]);
  expect(await notHere(id, app)).toMatchObject({ status: 404, code: 'unknown-run' });
});
