import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPool } from './read-pool.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-pool-'));
});
afterAll(() => rm(folder, { recursive: true }));

const lines = (...rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

test('readPool() joins the files of a folder by task, gzip or not', async () => {
  const pool = await mkdtemp(join(folder, 'pool-'));
  const task = { task_id: 'a', language: 'Python', prompt: 'Do it', entry_point: 'f', tests: 'x' };
  await writeFile(join(pool, 'tasks.jsonl'), lines(task));
  const sample = { task_id: 'a', model: 'm', sample_index: 3, code: 'y', passes: true };
  await writeFile(join(pool, 'samples.jsonl.gz'), gzipSync(lines(sample)));
  await writeFile(
    join(pool, 'generated_tests.jsonl'),
    lines({ task_id: 'a', generated_tests: [{ test: 'assert f(1)', count: 2 }] }),
  );
  expect((await readPool([pool])).tasks).toEqual([
    {
      id: 'a',
      language: 'python',
      prompt: 'Do it',
      entryPoint: 'f',
      hiddenTests: 'x',
      visibleTests: null,
      generatedTests: [{ test: 'assert f(1)', count: 2 }],
      samples: [{ model: 'm', index: 3, rawOutput: null, code: 'y', passes: true }],
    },
  ]);
});

test('readPool() keeps the two languages of one task apart', async () => {
  const file = join(folder, 'two.jsonl');
  const row = { task_id: 'a', prompt: 'p', code: 'c' };
  await writeFile(file, lines({ ...row, language: 'python' }, { ...row, language: 'javascript' }));
  const { tasks } = await readPool([file]);
  expect(tasks.map(({ language }) => language)).toEqual(['python', 'javascript']);
});

test('readPool() reports bad lines by number and goes on', async () => {
  const file = join(folder, 'bad.jsonl');
  const good = JSON.stringify({ task_id: 'a', prompt: 'p', code: 'c' });
  await writeFile(file, `{"task_id":\n\n[]\n${good}\n{"prompt":"p"}`);
  const { tasks, badLines } = await readPool([file]);
  expect(tasks).toHaveLength(1);
  expect(badLines.map(({ line, because }) => `${line}: ${because}`)).toEqual([
    '1: it is not a JSON object',
    '3: it is not a JSON object',
    '5: it has no task_id',
  ]);
});

test.each([
  ['is not there', 'none.jsonl', undefined],
  ['is cut off', 'cut.jsonl.gz', gzipSync(lines({ task_id: 'a' })).subarray(0, 20)],
])('readPool() refuses a file that %s', async (_, name, content) => {
  const file = join(folder, name);
  if (content !== undefined) await writeFile(file, content);
  await expect(readPool([file])).rejects.toMatchObject({ code: 'unreadable-file' });
});
