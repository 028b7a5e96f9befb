import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { realClock } from '../app/real-clock.ts';
import type { FailureKind } from '../domain/failure.ts';
import type { AskContext, Outcome, Progress, Runner } from '../domain/runner.ts';
import type { CliRunnerSettings, RunnerFactory } from '../domain/runner-settings.ts';
import { claudeCode } from '../runners/claude-code/claude-code.ts';
import { codex } from '../runners/codex/codex.ts';
import { gemini } from '../runners/gemini/gemini.ts';
import { grok } from '../runners/grok/grok.ts';
import type { Delivery } from '../testing/fake-cli/behaviour.ts';
import { type FakeCliOptions, fakeCli, hangingFile } from '../testing/fake-cli/fake-cli.ts';
import { leftRunning } from '../testing/fake-cli/left-running.ts';

const PATH = '/usr/local/bin:/usr/bin:/bin';
const key = 'sk-test-0123456789abcdef';
const text = 'Zwölf Boxkämpfer 🥊 jagen Viktor quer über den großen Sylter Deich — 日本語\n'.repeat(
  20,
);
const factories = { 'claude-code': claudeCode, codex, gemini, grok } as const;
type Vendor = keyof typeof factories;
const vendors: readonly Vendor[] = ['claude-code', 'codex', 'gemini', 'grok'];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'cli-runner-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

interface Asked {
  readonly outcome: Outcome;
  readonly progress: readonly Progress[];
  readonly settledAtMs: number;
  /** What is left of the processes that the runner started. */
  readonly left: readonly number[];
}

async function ask(
  vendor: Vendor,
  fake: Omit<FakeCliOptions, 'vendor'>,
  change: Partial<AskContext> & { readonly prompt?: string } & Change = {},
): Promise<Asked> {
  // Handed on to every process by the allow-list, so that it shows who is left.
  const home = join(root, randomUUID());
  const command = change.command ?? (await fakeCli(root, { vendor, text, secret: key, ...fake }));
  const { outputMaxBytes } = change;
  const runner = runnerOf(vendor, { command, outputMaxBytes, env: { HOME: home } });
  const progress: Progress[] = [];
  const { prompt = 'Say hello', ...context } = change;
  const outcome = await runner.ask(
    { system: 'Be short.', text: prompt },
    {
      signal: new AbortController().signal,
      limitMs: 30_000,
      report: (each) => progress.push(each),
      ...context,
    },
  );
  const settledAtMs = performance.now();
  return { outcome, progress, settledAtMs, left: await leftRunning(home) };
}

/** Aborts once the program hangs, and tells how long the runner took from there. */
async function askAndAbort(
  vendor: Vendor,
  does: Delivery,
): Promise<Asked & { readonly settledMs: number }> {
  const command = await fakeCli(root, { vendor, does });
  const controller = new AbortController();
  const asking = ask(vendor, {}, { signal: controller.signal, command });
  await vi.waitUntil(() => existsSync(join(dirname(command), hangingFile)), { timeout: 30_000 });
  const abortedAtMs = performance.now();
  controller.abort();
  const asked = await asking;
  return { ...asked, settledMs: asked.settledAtMs - abortedAtMs };
}

interface Change {
  readonly command?: string;
  readonly apiKey?: string | undefined;
  readonly outputMaxBytes?: number | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

function runnerOf(vendor: Vendor, { env = {}, ...change }: Change): Runner {
  const factory: RunnerFactory<CliRunnerSettings> = factories[vendor];
  const own: CliRunnerSettings = {
    type: vendor,
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
    command: undefined,
    apiKey: key,
    baseUrl: undefined,
    ...change,
  };
  return factory(vendor, own, { env: { PATH, ...env }, clock: realClock });
}

function kindOf({ outcome }: Asked): FailureKind | 'answered' {
  return outcome.status === 'failed' ? outcome.failure.kind : outcome.status;
}

const posix = describe.skipIf(process.platform === 'win32').concurrent;

// One whose output is lines and one whose output is a document; the rest is the same for all.
posix.each<Vendor>(['claude-code', 'gemini'])('cliRunner() of %s', (vendor) => {
  test.each<Delivery>(['banner', 'partial-lines', 'split-characters', 'drip', 'orphan'])(
    'gives the exact text of a program that delivers it by %s, and leaves no process',
    async (does) => {
      const { left, outcome } = await ask(vendor, { does });
      expect(outcome).toMatchObject({ status: 'answered', text });
      expect(left).toEqual([]);
    },
  );

  test('takes a program that died for a broken stream', async () => {
    expect(kindOf(await ask(vendor, { does: 'die' }))).toBe('broken-stream');
  });

  test.each<Delivery>(['flood', 'flood-line'])(
    'ends a program that does %s, and keeps both ends of what it wrote',
    async (does) => {
      const asked = await ask(vendor, { does }, { outputMaxBytes: 1_000_000 });
      expect(asked.outcome).toMatchObject({
        failure: { kind: 'flooded', evidence: expect.stringMatching(/junk .*characters.*junk/s) },
      });
      expect(asked.left).toEqual([]);
    },
  );

  test('holds no more of its output than the settings say', async () => {
    const asked = await ask(vendor, { text: 'x'.repeat(5000) }, { outputMaxBytes: 2000 });
    expect(asked.outcome).toMatchObject({
      failure: {
        kind: 'flooded',
        message: expect.stringMatching(/wrote more than (2|16)000 bytes/),
      },
    });
  });

  test.each<Delivery>(['hang', 'ask-for-input', 'ignore-term', 'orphan-and-hang'])(
    'settles as cancelled within a second of an abort, and leaves no process of a program that does %s',
    async (does) => {
      const asked = await askAndAbort(vendor, does);
      expect(kindOf(asked)).toBe('cancelled');
      expect(asked.settledMs).toBeLessThan(1000);
      expect(asked.left).toEqual([]);
    },
  );
});

posix.each(vendors)('cliRunner() of %s', (vendor) => {
  test('gives the program an empty folder, few variables and the prompt, and removes its files', async () => {
    const prompt = `${'x'.repeat(200_000)} "quoted" $HOME 漢`;
    const { outcome } = await ask(vendor, { says: 'circumstances' }, { prompt });
    const told = JSON.parse(outcome.status === 'answered' ? outcome.text : '{}');
    expect(told).toMatchObject({ prompt, files: [] });
    expect(told.args.join(' ')).not.toContain('xxxx');
    expect(existsSync(told.folder)).toBe(false);
    expect(existsSync(told.env.TMPDIR)).toBe(false);
  });

  test('fails without the key in any part of the failure', async () => {
    const asked = await ask(vendor, { says: 'unauthorized' });
    expect(kindOf(asked)).toBe('unauthorized');
    expect(JSON.stringify(asked.outcome)).not.toContain(key);
  });
});

posix('cliRunner()', () => {
  test('gives Claude Code no variable of another vendor, nor one of a session around it', async () => {
    const runner = runnerOf('claude-code', {
      command: await fakeCli(root, { vendor: 'claude-code', says: 'circumstances' }),
      env: {
        HOME: root,
        LC_ALL: 'C.UTF-8',
        CLAUDECODE: '1',
        CLAUDE_CODE_ENTRYPOINT: 'cli',
        ANTHROPIC_AUTH_TOKEN: 'another',
        OPENAI_API_KEY: 'another',
        NODE_OPTIONS: '--no-warnings',
      },
    });
    const { signal } = new AbortController();
    const context = { signal, limitMs: 1234, report: () => undefined };
    const outcome = await runner.ask({ system: '', text: 'hi' }, context);
    const { env } = JSON.parse(outcome.status === 'answered' ? outcome.text : '{}');
    expect(env).toMatchObject({ HOME: root, LC_ALL: 'C.UTF-8', ANTHROPIC_API_KEY: key });
    expect(Object.values(env)).not.toContain('another');
    for (const name of ['CLAUDECODE', 'CLAUDE_CODE_ENTRYPOINT', 'NODE_OPTIONS']) {
      expect(env).not.toHaveProperty(name);
    }
  });

  test('streams what Claude Code writes', async () => {
    const { progress } = await ask('claude-code', {});
    const pieces = progress.map((each) => (each.type === 'text' ? each.text : ''));
    expect(pieces.join('')).toBe(text);
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(1);
  });

  test('says how long to wait where the program does', async () => {
    const { outcome } = await ask('gemini', { says: 'rate-limited' });
    expect(outcome).toMatchObject({ failure: { status: 429, retryAfterMs: 35_200 } });
  });

  test('keeps the evidence of an unknown shape', async () => {
    const { outcome } = await ask('codex', { says: 'error-text' });
    expect(outcome).toMatchObject({
      failure: { kind: 'unknown', evidence: 'Sorry, I encountered an error: 401 [redacted]' },
    });
  });

  test('refuses a prompt that the program would cut, starting nothing', async () => {
    const { outcome } = await ask('gemini', {}, { prompt: 'é'.repeat(4 * 1024 * 1024) });
    expect(outcome).toMatchObject({ failure: { kind: 'input-too-long' } });
  });

  test('takes a refusal for nobody being signed in when there is no key', async () => {
    const command = await fakeCli(root, { vendor: 'codex', says: 'unauthorized' });
    const runner = runnerOf('codex', { command, apiKey: undefined, env: { HOME: root } });
    const { signal } = new AbortController();
    const context = { signal, limitMs: 30_000, report: () => undefined };
    expect(await runner.ask({ system: '', text: 'hi' }, context)).toMatchObject({
      failure: { kind: 'not-signed-in' },
    });
  });

  test('takes a key that was called nobody for a wrong key', async () => {
    const { outcome } = await ask('codex', { says: 'not-signed-in' });
    expect(outcome).toMatchObject({ failure: { kind: 'unauthorized' } });
  });

  test('ends as not-installed when the program is not there', async () => {
    const runner = runnerOf('codex', { env: { PATH: root } });
    const { signal } = new AbortController();
    const context = { signal, limitMs: 30_000, report: () => undefined };
    expect(await runner.ask({ system: '', text: 'hi' }, context)).toMatchObject({
      failure: { kind: 'not-installed' },
    });
  });
});
