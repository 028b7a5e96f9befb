import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = `${root}.cache/doc-examples/`;

test('every TypeScript block of the documents compiles', async () => {
  const pages = await pagesOf();
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const blocks = pages.flatMap(({ name, text }) =>
    blocksIn(text).map((code, index) => ({ file: `${name}-${index}.ts`, code })),
  );
  expect(blocks.length).toBeGreaterThan(8);
  await Promise.all(
    blocks.map(({ file, code }) => writeFile(`${work}${file}`, `${code}\nexport {};\n`)),
  );
  await writeFile(`${work}tsconfig.json`, JSON.stringify(config));
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  const run = promisify(execFile)(process.execPath, [tsc, '-p', work]);
  await expect(
    run.then(
      ({ stdout }) => stdout,
      ({ stdout }) => stdout,
    ),
  ).resolves.toBe('');
});

test.each(['index', 'v1'])(
  'every public name of %s is in an example of docs/library.md',
  async (entry) => {
    const source = await readFile(`${root}src/${entry}.ts`, 'utf8');
    const examples = blocksIn(await readFile(`${root}docs/library.md`, 'utf8')).join('\n');
    const missing = publicNames(source).filter(
      (name) => !new RegExp(`\\b${name}\\b`).test(examples),
    );
    expect(missing).toEqual([]);
  },
);

const config = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    isolatedDeclarations: false,
    declaration: false,
    noPropertyAccessFromIndexSignature: false,
    paths: {
      'multi-model-orchestrator': ['../../src/index.ts'],
      'multi-model-orchestrator/v1': ['../../src/v1.ts'],
      'multi-model-orchestrator/ai-sdk': ['../../src/runners/ai-sdk/ai-sdk.ts'],
      'multi-model-orchestrator/testing': ['../../src/testing/index.ts'],
    },
  },
  include: ['*.ts'],
};

async function pagesOf(): Promise<readonly { name: string; text: string }[]> {
  const docs = (await readdir(`${root}docs`)).filter((file) => file.endsWith('.md'));
  const files = ['README.md', ...docs.map((file) => `docs/${file}`)];
  return Promise.all(
    files.map(async (file) => ({
      name: file.replaceAll(/\W+/g, '-'),
      text: await readFile(`${root}${file}`, 'utf8'),
    })),
  );
}

function blocksIn(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? '');
}

function publicNames(source: string): readonly string[] {
  const lists = [...source.matchAll(/^export (?:type )?\{(.*?)\}/gms)].map(
    ([, list]) => list ?? '',
  );
  const listed = lists
    .flatMap((list) => list.split(','))
    .map((name) => name.replace('type ', '').trim());
  const declared = [...source.matchAll(/^export (?:type|class|interface|function|const) (\w+)/gm)];
  return [...listed, ...declared.map(([, name]) => name ?? '')].filter(Boolean);
}
