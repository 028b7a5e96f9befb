import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../app/real-clock.ts';
import type { Probe } from '../domain/availability.ts';
import type { Runner } from '../domain/runner.ts';
import type { CliRunnerSettings } from '../domain/runner-settings.ts';
import { codex } from '../runners/codex/codex.ts';
import { fakeCli } from '../testing/fake-cli/fake-cli.ts';
import { testedVersions } from './tested-versions.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'probe-cli-'));
  await writeFile(join(home, 'auth.json'), '{}');
});
afterAll(() => rm(home, { recursive: true }));

interface Given {
  readonly command?: string;
  readonly apiKey?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function runnerOf({ apiKey, command, env = {} }: Given): Runner {
  const settings: CliRunnerSettings = {
    type: 'codex',
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
    baseUrl: undefined,
    command,
    apiKey,
  };
  const tools = { env: { PATH: '/usr/bin:/bin', HOME: home, ...env }, clock: realClock };
  return codex('codex', settings, tools);
}

function probe(runner: Runner): Promise<Probe | undefined> {
  return Promise.resolve(runner.probe?.(new AbortController().signal));
}

describe.skipIf(process.platform === 'win32')('probeCli()', () => {
  test("tells version, latency, and what the program's own check says of a login", async () => {
    for (const signedIn of [true, false]) {
      const command = await fakeCli(home, { vendor: 'codex', signedIn });
      const found = await probe(runnerOf({ command, env: { CODEX_HOME: home } }));
      expect(found).toEqual({
        availability: { status: 'available', where: command },
        version: '1.2.3',
        testedVersion: testedVersions['codex'],
        signedIn,
        latencyMs: expect.any(Number),
      });
    }
  });

  test('takes a key for a login without asking the program', async () => {
    const command = await fakeCli(home, { vendor: 'codex', signedIn: false });
    const found = await probe(runnerOf({ command, apiKey: 'sk-1234' }));
    expect(found).toMatchObject({ signedIn: true, availability: { status: 'available' } });
  });

  test('knows nothing of a program that is not there', async () => {
    expect(await probe(runnerOf({ env: { PATH: home } }))).toEqual({
      availability: {
        status: 'unavailable',
        kind: 'not-installed',
        message: 'No program named codex is on PATH',
        remedy: 'npm install -g @openai/codex',
      },
      version: null,
      signedIn: null,
      latencyMs: null,
    });
  });

  test('tells no version of a program that is cancelled', async () => {
    const command = await fakeCli(home, { vendor: 'codex' });
    const found = await runnerOf({ command }).probe?.(AbortSignal.abort());
    expect(found).toMatchObject({ version: null, latencyMs: null });
  });
});

describe.skipIf(process.platform === 'win32')('available()', () => {
  test('names the command that signs in when nobody is', async () => {
    const command = await fakeCli(home, { vendor: 'codex' });
    expect(await runnerOf({ command }).available()).toEqual({
      status: 'unavailable',
      kind: 'not-signed-in',
      message: `Nobody is signed in to ${command}, and no API key is set`,
      remedy: 'codex login',
    });
  });

  test('takes the key of another variable, and starts nothing', async () => {
    const command = await fakeCli(home, { vendor: 'codex', does: 'hang' });
    const found = await runnerOf({ command, env: { OPENAI_API_KEY: 'sk-1' } }).available();
    expect(found).toEqual({ status: 'available', where: command });
  });
});
