import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folderWith } from './support/folder-with.ts';

// Vitest would transform what it imports, so a Node of its own loads these files as the command does.
const source = (name: string): string =>
  JSON.stringify(import.meta.resolve(`../src/config/${name}`));
const program = `
  import { loadSettings } from ${source('load-settings.ts')};
  import { trustFolder } from ${source('trust.ts')};
  const [cwd, home, trusted] = process.argv.slice(1);
  if (trusted) await trustFolder(cwd, { HOME: home });
  try {
    const { settings, files, notices } = await loadSettings({ cwd, env: { HOME: home } });
    console.log(JSON.stringify({ mode: settings.defaultMode, files, notices }));
  } catch (error) {
    console.log(JSON.stringify({ code: error.code, message: error.message }));
  }`;

interface Loaded {
  readonly mode?: string;
  readonly files?: readonly string[];
  readonly notices?: readonly string[];
  readonly code?: string;
  readonly message?: string;
  /** Whether the configuration was run. */
  readonly ran: boolean;
  readonly stderr: string;
}

async function loaded(
  files: Readonly<Record<string, string>>,
  { trusted = true } = {},
): Promise<Loaded> {
  await using at = await folderWith({ 'home/': '', 'project/': '', ...files });
  const cwd = join(at.path, 'project');
  const args = ['--input-type=module', '-e', program, cwd, join(at.path, 'home')];
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    trusted ? [...args, 'trusted'] : args,
    { cwd, env: {} },
  );
  return { ...JSON.parse(stdout), ran: existsSync(join(cwd, 'ran')), stderr };
}

const typescript = `
  import type { ConfigFile } from 'multi-model-orchestrator';
  import { writeFileSync } from 'node:fs';
  import { mode } from './mode.ts';
  writeFileSync('ran', '');
  const config: ConfigFile = { mode };
  export default config satisfies ConfigFile;`;
const modeModule = `export const mode = 'simple' as const;`;

test.each([
  ['that says nothing', '{}'],
  ['of CommonJS', '{"type":"commonjs"}'],
  ['of modules', '{"type":"module"}'],
])('loadSettings() reads TypeScript in a package %s, without a warning', async (_, manifest) => {
  const { mode, stderr } = await loaded({
    'project/package.json': manifest,
    'project/orchestrator.config.ts': typescript,
    'project/mode.ts': modeModule,
  });
  expect({ mode, stderr }).toEqual({ mode: 'simple', stderr: '' });
});

test.each([
  ['mts', 'const mode: string = "simple"; export default { mode };', '{}'],
  ['mjs', 'export default { mode: "simple" };', '{}'],
  ['js', 'export default { mode: "simple" };', '{"type":"module"}'],
  ['js', 'module.exports = { mode: "simple" };', '{}'],
])('loadSettings() reads orchestrator.config.%s: %s', async (ending, text, manifest) => {
  const { mode, stderr } = await loaded({
    'project/package.json': manifest,
    [`project/orchestrator.config.${ending}`]: text,
  });
  expect({ mode, stderr }).toEqual({ mode: 'simple', stderr: '' });
});

test('loadSettings() never runs a program of a folder that is not trusted', async () => {
  const files = { 'project/orchestrator.config.ts': typescript, 'project/mode.ts': modeModule };
  expect(await loaded(files)).toMatchObject({ ran: true, mode: 'simple', notices: [] });
  expect(await loaded(files, { trusted: false })).toMatchObject({
    ran: false,
    mode: 'medium',
    files: [],
    notices: [expect.stringMatching(/^Ignored .*orchestrator\.config\.ts: this folder is not/)],
  });
});

test("loadSettings() runs the user's own program without being asked", async () => {
  const text = 'export default { mode: "simple" };';
  const { mode } = await loaded(
    {
      'home/.config/multi-model-orchestrator/config.ts': text,
      'home/Library/Application Support/multi-model-orchestrator/config.ts': text,
      'home/AppData/Roaming/multi-model-orchestrator/config.ts': text,
    },
    { trusted: false },
  );
  expect(mode).toBe('simple');
});

test.each([
  ['ts', 'const a = 1;\nexport default { a: 1,, };', /^it has a syntax error in line 2: \S.*$/],
  ['mjs', 'export default { a: 1,, };', /^it has a syntax error: Unexpected token ','$/],
  ['ts', 'enum A { B }\nexport default {};', /^it has a syntax error in line 1: .*enum.*$/],
  ['mjs', 'throw new TypeError("no\\nluck");', /^it threw TypeError: no luck$/],
  ['mjs', 'throw "luck";', /^it threw luck$/],
  ['mjs', 'import a from "not-there"; export default a;', /^Cannot find package 'not-there'.*$/],
  ['mjs', 'export const mode = 1;', /^it has no default export, wanted export default { ... }$/],
  ['mjs', 'export default () => ({});', /^it is a function, wanted an object$/],
  ['mjs', 'export default { mode: 1n };', /^mode is 1, wanted one of simple, .*$/],
])('loadSettings() says in one line what is wrong in .%s: %s', async (ending, text, line) => {
  const file = `orchestrator.config.${ending}`;
  const { code, message = '', stderr } = await loaded({ [`project/${file}`]: text });
  const start = `Cannot use ${file}: `;
  expect({ code, stderr, start: message.slice(0, start.length) }).toEqual({
    code: 'bad-configuration',
    stderr: '',
    start,
  });
  expect(message.slice(start.length)).toMatch(line);
});
