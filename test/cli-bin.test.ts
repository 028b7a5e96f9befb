import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { fakeCli, hangingFile } from '../src/testing/fake-cli/fake-cli.ts';
import { leftRunning } from '../src/testing/fake-cli/left-running.ts';

const bin = fileURLToPath(new URL('../bin/orchestrator.js', import.meta.url));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-bin-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

function node(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { HOME: folder },
  });
  return { status, stdout, stderr };
}

test('the program starts through a link, as npm makes one', () => {
  const link = join(folder, 'orchestrator');
  symlinkSync(bin, link);
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(node([link, '--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('the program gives the exit status of the command', () => {
  expect(node([bin, '--mode', 'huge', 'Add'])).toMatchObject({ status: 2, stdout: '' });
});

/** A module that makes a Node take itself for an older one. */
function olderNode(): string {
  const older = join(folder, 'older.cjs');
  writeFileSync(
    older,
    `const versions = { ...process.versions, node: '20.20.2' };
    Object.defineProperty(process, 'versions', { value: versions });`,
  );
  return older;
}

test('the program uses the Node that a source checkout brings when it runs on an older one', () => {
  const older = ['--require', olderNode()];
  expect(node([...older, bin, '--version'])).toMatchObject({ status: 0, stderr: '' });
  expect(node([...older, bin, '--mode', 'huge', 'Add'])).toMatchObject({ status: 2, stdout: '' });
});

test.skipIf(process.platform !== 'linux')(
  'the program leaves no process when it is killed while it runs on the Node of a source checkout',
  { timeout: 30_000 },
  async () => {
    const codex = await fakeCli(folder, { vendor: 'codex', does: 'ignore-term' });
    const PATH = `${dirname(codex)}:/usr/local/bin:/usr/bin:/bin`;
    const args = ['--require', olderNode(), bin, 'Add two numbers', '--models', 'codex'];
    const child = spawn(process.execPath, [...args, '--mode', 'simple'], {
      cwd: folder,
      env: { HOME: folder, TMPDIR: folder, PATH, OPENAI_API_KEY: 'sk-test-0123456789' },
    });
    await vi.waitUntil(() => existsSync(join(dirname(codex), hangingFile)), { timeout: 20_000 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await vi.waitUntil(async () => (await leftRunning(folder)).length === 0, { timeout: 5000 });
  },
);

test('the program, installed, says on one line which Node it wants when it runs on an older one', () => {
  mkdirSync(join(folder, 'bin'));
  const installed = join(folder, 'bin/orchestrator.cjs');
  copyFileSync(bin, installed);
  expect(node(['--require', olderNode(), installed, '--version'])).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'Cannot start orchestrator: found Node 20.20.2, wanted Node 24 or newer; try: npx -p node@24 -p multi-model-orchestrator orchestrator ...\n',
  });
});

test('the program is written in a JavaScript that old versions of Node read', () => {
  const source = readFileSync(bin, 'utf8');
  expect(source).not.toMatch(/=>|`|\b(?:const|let|import|async|class)\b|\?\.|\?\?/);
});
