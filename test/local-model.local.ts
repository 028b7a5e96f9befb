import { spawn } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../src/app/real-clock.ts';
import { readEnvironment } from '../src/config/environment.ts';
import type { Progress, Runner } from '../src/domain/runner.ts';
import type { LocalSettings } from '../src/domain/runner-settings.ts';
import { type PrivateFolder, privateFolder } from '../src/lib/private-folder.ts';
import { listProcesses } from '../src/lib/process-list.ts';
import { installEngine } from '../src/runners/local/install-engine.ts';
import { local } from '../src/runners/local/local.ts';
import { fileHost } from '../src/testing/file-host.ts';
import { tinyAnswer, tinyGguf } from './support/tiny-gguf.ts';

const never = new AbortController().signal;
const env = readEnvironment();
const { CI } = env;
/** Kept between runs of the tests: the engine has 83 MB. */
const dataFolder = fileURLToPath(new URL('../node_modules/.cache/local-model', import.meta.url));
const engine = await installEngine(dataFolder, { env, signal: never });
const lack = engine.status === 'failed' ? engine.message : undefined;

if (lack !== undefined && CI) throw new Error(lack);

describe.skipIf(lack !== undefined)(`the local model${lack ? `, skipped: ${lack}` : ''}`, () => {
  let folder: PrivateFolder;
  let file = '';
  beforeAll(async () => {
    folder = await privateFolder();
    file = join(folder.path, 'tiny.gguf');
    await writeFile(file, tinyGguf());
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  const runner = (changes: Partial<LocalSettings> = {}): Runner => {
    const settings: LocalSettings = {
      type: 'local',
      file,
      model: 'tiny',
      timeoutMs: undefined,
      stallMs: undefined,
      retries: undefined,
      concurrency: undefined,
      price: undefined,
      maxOutputTokens: undefined,
      ...changes,
    };
    return local('local', settings, { env, clock: realClock, dataFolder });
  };
  const ask = (asked: Runner, prompt = 'Does it work?', more: object = {}) => {
    const context = { signal: never, limitMs: 60_000, report: () => undefined, ...more };
    return asked.ask({ system: 'Be brief', text: prompt }, context);
  };

  test('answers, its text arriving as it is written', async () => {
    const heard: Progress[] = [];
    const report = (progress: Progress): void => void heard.push(progress);
    expect(await ask(runner(), 'Does it work?', { report })).toEqual({
      status: 'answered',
      text: tinyAnswer,
      model: 'tiny',
      usage: { inputTokens: expect.any(Number), outputTokens: 4 },
      costUsd: 0,
    });
    const texts = heard.flatMap((progress) => (progress.type === 'text' ? [progress.text] : []));
    expect(texts.filter((piece) => piece !== '')).toEqual(['Yes', ' it', ' works']);
  });

  test('does not cut an answer short in silence', async () => {
    expect(await ask(runner({ maxOutputTokens: 2 }))).toMatchObject({
      failure: { kind: 'output-too-long', message: 'The answer was cut at 2 tokens' },
    });
  });

  test('refuses a prompt that the model cannot take', async () => {
    expect(await ask(runner(), 'word '.repeat(2000))).toMatchObject({
      failure: { kind: 'input-too-long' },
    });
  });

  test('fails for a file that is no model', async () => {
    const broken = join(folder.path, 'broken.gguf');
    await writeFile(broken, tinyGguf().subarray(0, 50_000));
    expect(await ask(runner({ file: broken }))).toMatchObject({
      status: 'failed',
      failure: { kind: expect.stringMatching('unknown|broken-stream') },
    });
  });

  test('ends its process when it is aborted', async () => {
    const controller = new AbortController();
    const report = (): void => controller.abort();
    const more = { signal: controller.signal, report };
    expect(await ask(runner(), 'Does it work?', more)).toMatchObject({
      failure: { kind: 'cancelled' },
    });
    const parents = async () => (await listProcesses()).map(({ parent }) => parent);
    await expect.poll(parents).not.toContain(process.pid);
  });

  test('is downloaded and asked by one command, and asked without a download after that', async () => {
    await using host = await fileHost(tinyGguf());
    const home = join(folder.path, 'data', 'multi-model-orchestrator');
    await mkdir(home, { recursive: true });
    await symlink(join(dataFolder, 'engines'), join(home, 'engines'));
    const world = {
      HF_ENDPOINT: new URL(host.url).origin,
      XDG_DATA_HOME: join(folder.path, 'data'),
    };
    const first = await command(['Does it work?', '--small', '--yes'], world);
    expect(first.stderr).toContain(
      'Qwen2.5-Coder 0.5B Instruct, Q4_K_M (Apache-2.0): 257 kB from 127',
    );
    expect(first).toMatchObject({ status: 0, stdout: expect.stringContaining(tinyAnswer) });
    const asked = host.requests.length;
    expect(await command(['Does it work?', '--small'], world)).toMatchObject({ status: 0 });
    expect(host.requests).toHaveLength(asked);
  });
});

async function command(args: readonly string[], world: Readonly<Record<string, string>>) {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  const { HOME = '', PATH = '' } = env;
  const child = spawn(process.execPath, [main, ...args], { env: { HOME, PATH, ...world } });
  child.stdin.end();
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    closed,
  ]);
  return { stdout, stderr, status };
}
