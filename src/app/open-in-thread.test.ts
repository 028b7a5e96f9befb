import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { task } from '../testing/builders.ts';
import { openInThread } from './open-in-thread.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thread-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const first = { type: 'run-started', task: task('Add'), atMs: 1 } as const;

const unwanted = (error: Error): never => {
  throw error;
};

describe('openInThread()', () => {
  test('keeps a run that another thread finds once it is closed', async () => {
    const path = join(folder, 'history.db');
    const store = await openInThread(path, unwanted);
    const { id } = await store.begin(first);
    await store.close();
    const again = await openInThread(path, unwanted);
    expect(await again.events(id)).toEqual([first]);
    await again.close();
  });

  test('rejects where the file is no history, as the history itself does', async () => {
    const path = join(folder, 'history.db');
    writeFileSync(path, 'no database at all, and long enough to be read as one'.repeat(20));
    await expect(openInThread(path, unwanted)).rejects.toMatchObject({ code: 'bad-history' });
  });

  test('rejects what comes after its end', async () => {
    const store = await openInThread(join(folder, 'history.db'), unwanted);
    await store.close();
    await expect(store.events('a')).rejects.toMatchObject({ code: 'bad-history' });
  });
});
