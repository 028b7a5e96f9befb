import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../app/app.ts';
import { realClock } from '../../app/real-clock.ts';
import { builtInSettings } from '../../config/defaults.ts';
import { task } from '../../testing/builders.ts';
import { problemOf, problemResponse } from '../problem.ts';
import { runHub } from '../run-hub.ts';
import { runsApi } from './runs-api.ts';

test('runsApi() deletes a run once, also where two ask for it at the same time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runs-api-'));
  const history = { keep: true, path: join(folder, 'h.db'), retentionDays: undefined };
  const app = openApp({ ...builtInSettings, history }, { env: {} });
  onTestFinished(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });
  const store = await app.history();
  const held = await store.begin({ type: 'run-started', task: task('x'), atMs: 1000 });
  await held.release();
  const api = runsApi(app, runHub({ app, clock: realClock, nonce: 'n' }));
  api.onError((error) => problemResponse(problemOf(error)));
  const remove = async () => (await api.request(`/${held.id}`, { method: 'DELETE' })).status;
  expect((await Promise.all([remove(), remove()])).toSorted()).toEqual([204, 404]);
});
