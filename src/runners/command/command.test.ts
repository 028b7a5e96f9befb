import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import type { AskContext, Outcome, Runner } from '../../domain/runner.ts';
import type { CommandSettings } from '../../domain/runner-settings.ts';
import { describeRunner } from '../../testing/describe-runner.ts';
import { fakeCli } from '../../testing/fake-cli/fake-cli.ts';
import { fakeCliFor } from '../../testing/fake-cli/fake-cli-for.ts';
import { leftRunning } from '../../testing/fake-cli/left-running.ts';
import { conformance } from '../../testing/runner-scenarios.ts';
import { command } from './command.ts';

const env = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  OWN_KEY: conformance.secret,
  OTHER_KEY: 'other',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-'));
});
afterAll(() => rm(folder, { recursive: true }));

function runnerOf(change: Partial<CommandSettings>, mark = ''): Runner {
  const settings: CommandSettings = {
    type: 'command',
    command: ['cat'],
    prompt: 'stdin',
    env: ['OWN_KEY', 'MARK'],
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
    ...change,
  };
  return command('mine', settings, { env: { ...env, MARK: mark }, clock: realClock });
}

function ask(runner: Runner, change: Partial<AskContext> = {}): Promise<Outcome> {
  const { signal } = new AbortController();
  const context = { signal, limitMs: 10_000, report: () => undefined, ...change };
  return runner.ask({ system: 'Be short.', text: 'Say hello' }, context);
}

const posix = describe.skipIf(process.platform === 'win32');

posix('command()', () => {
  describeRunner(
    'command',
    async (scenario) => runnerOf({ command: [await fakeCliFor(scenario, 'plain', folder)] }),
    { describe: describe.concurrent, test },
  );

  test('gives the system prompt before the text', async () => {
    expect(await ask(runnerOf({}))).toEqual({
      status: 'answered',
      text: 'Be short.\n\nSay hello',
    });
  });

  test('gives the prompt by file, readable by its owner alone, and removes it', async () => {
    const script = 'stat -c %a "$1"; echo "$1"; cat "$1"; cat';
    const outcome = await ask(
      runnerOf({ command: ['sh', '-c', script, 'sh', '{prompt-file}'], prompt: 'file' }),
    );
    const [mode, path = '', ...told] =
      outcome.status === 'answered' ? outcome.text.split('\n') : [];
    expect({ mode, told }).toEqual({ mode: '600', told: ['Be short.', '', 'Say hello'] });
    expect(existsSync(path)).toBe(false);
  });

  test('shows only the variables that are named', async () => {
    const outcome = await ask(runnerOf({ command: ['env'] }));
    const text = outcome.status === 'answered' ? outcome.text : '';
    expect(text).toContain(`OWN_KEY=${conformance.secret}`);
    expect(text).not.toContain('OTHER_KEY');
  });

  test('takes another exit code for a failure, with the end of stderr and without the secret', async () => {
    const script = 'echo half; echo "refused $OWN_KEY" >&2; exit 3';
    expect(await ask(runnerOf({ command: ['sh', '-c', script] }))).toEqual({
      status: 'failed',
      failure: {
        kind: 'unknown',
        message: 'sh ended with exit code 3',
        evidence: 'refused [redacted]',
      },
    });
  });

  test('prints no more than the settings say', async () => {
    const outcome = await ask(runnerOf({ command: ['seq', '1000'], outputMaxBytes: 2000 }));
    expect(outcome).toMatchObject({
      failure: {
        message: 'seq wrote more than 2000 bytes',
        evidence: expect.stringMatching(/^1\n/),
      },
    });
  });

  test.each([
    [['no-such-program-here'], 'not-installed'],
    [['true'], 'empty-answer'],
    [['yes'], 'flooded'],
    [['sh', '-c', 'echo half; kill -9 $$'], 'broken-stream'],
    [['echo', '{prompt-file}'], 'bad-usage'],
    [['echo', '{model}'], 'bad-usage'],
  ] as const)('takes %j for %s', async (line, kind) => {
    expect(await ask(runnerOf({ command: [...line] }))).toMatchObject({ failure: { kind } });
  });

  test('leaves no process of a program that left one behind', async () => {
    const mark = randomUUID();
    const program = await fakeCli(folder, { vendor: 'plain', does: 'orphan' });
    const outcome = await ask(runnerOf({ command: [program] }, mark));
    expect(outcome).toMatchObject({ status: 'answered' });
    expect(await leftRunning(mark)).toEqual([]);
  });

  test('tells whether it can be asked', async () => {
    expect(await runnerOf({ command: ['sh'] }).available()).toMatchObject({ status: 'available' });
    expect(await runnerOf({ command: ['no-such-program-here'] }).available()).toMatchObject({
      kind: 'not-installed',
      message: 'No program named no-such-program-here is here',
    });
    expect(await runnerOf({ prompt: 'file' }).available()).toMatchObject({ kind: 'bad-usage' });
  });
});
