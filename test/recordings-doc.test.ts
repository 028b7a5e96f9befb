import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.ts';
import { readRecordings } from '../src/runners/replay/recordings.ts';

async function jsonBlocks(): Promise<readonly string[]> {
  const page = await readFile(new URL('../docs/recordings.md', import.meta.url), 'utf8');
  return fromMarkdown(page).children.flatMap((node) =>
    node.type === 'code' && node.lang === 'json' ? [node.value] : [],
  );
}

test('docs/recordings.md shows a file that can be read', async () => {
  const [, example = ''] = await jsonBlocks();
  const folder = await mkdtemp(join(tmpdir(), 'recordings-doc-'));
  try {
    const path = join(folder, 'example.json');
    await writeFile(path, example);
    const [task] = readRecordings(path).tasks;
    expect(task?.answers['codex']?.[0]?.takes.map(({ kind }) => kind)).toEqual([
      'failure',
      'answer',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('docs/recordings.md shows a configuration that is taken', async () => {
  const [example = ''] = await jsonBlocks();
  const origin = { source: 'docs/recordings.md', prefix: [], folder: '.' };
  expect(parseConfig(JSON.parse(example), origin).runners).toHaveProperty('codex');
});
