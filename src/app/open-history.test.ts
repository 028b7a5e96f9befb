import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { task } from '../testing/builders.ts';
import { openHistory } from './open-history.ts';

const first = { type: 'run-started', task: task('Add'), atMs: 1 } as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('openHistory() opens a history anew whose thread has ended, and says so', async () => {
  const path = join(folder, 'history.db');
  const starting = once(process, 'worker');
  const history = openHistory(
    { keep: true, path, retentionDays: undefined },
    { env: {}, inThread: true },
  );
  const store = await history.store();
  const run = await store?.begin(first);
  const id = String(run?.id);
  const [thread] = await starting;
  const warning = once(process, 'warning');
  await thread.terminate();
  await expect(store?.events(id)).rejects.toMatchObject({ code: 'bad-history' });
  expect(await (await history.store())?.events(id)).toEqual([first]);
  const [{ message }] = await warning;
  expect(message).toMatch(
    /^Cannot use the history .* its thread ended by itself; it is opened anew$/,
  );
  await history.close();
});

test('openHistory() opens a history once what stood in its way has passed', async () => {
  const path = join(folder, 'history.db');
  writeFileSync(path, 'no database at all, and long enough to be read as one'.repeat(20));
  const history = openHistory({ keep: true, path, retentionDays: undefined }, { env: {} });
  await expect(history.store()).rejects.toMatchObject({ code: 'bad-history' });
  rmSync(path);
  expect(await (await history.store())?.list({})).toEqual([]);
  await history.close();
});
