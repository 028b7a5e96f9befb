import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../app/real-clock.ts';
import type { Probe, ProbeContext } from '../domain/availability.ts';
import type { Runner } from '../domain/runner.ts';
import type { CliRunnerSettings } from '../domain/runner-settings.ts';
import { codex } from '../runners/codex/codex.ts';
import { fakeCli } from '../testing/fake-cli/fake-cli.ts';
import { vendorServer } from '../testing/vendor-servers/vendor-server.ts';
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
  readonly baseUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function runnerOf({ apiKey, baseUrl, command, env = {} }: Given): Runner {
  const settings: CliRunnerSettings = {
    type: 'codex',
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
    baseUrl,
    command,
    apiKey,
  };
  const tools = { env: { PATH: '/usr/bin:/bin', HOME: home, ...env }, clock: realClock };
  return codex('codex', settings, tools);
}

function probe(runner: Runner, change: Partial<ProbeContext> = {}): Promise<Probe | undefined> {
  const context = { signal: new AbortController().signal, offline: true, ...change };
  return Promise.resolve(runner.probe?.(context));
}

const offline = { status: 'not-tried', because: '--offline' };

describe.skipIf(process.platform === 'win32')('probeCli()', () => {
  test.each([
    [true, 'yes'],
    [false, 'no'],
  ] as const)("takes the program's own word for a login: %s", async (signedIn, said) => {
    const command = await fakeCli(home, { vendor: 'codex', signedIn });
    const found = await probe(runnerOf({ command, env: { CODEX_HOME: home } }));
    const notSignedIn = { status: 'unavailable', kind: 'not-signed-in', remedy: 'codex login' };
    expect(found).toEqual({
      availability: signedIn
        ? { status: 'available', where: command }
        : expect.objectContaining(notSignedIn),
      version: '1.2.3',
      testedVersion: testedVersions['codex'],
      signedIn: said,
      startMs: expect.any(Number),
      reach: offline,
    });
  });

  test.each([
    ['kill -SEGV $$', 'was ended by SIGSEGV'],
    ['echo "no libssl" >&2; exit 127', 'ended with exit code 127: no libssl'],
  ])('calls a program that does %s broken, whatever key or login there is', async (does, said) => {
    const command = join(await mkdtemp(join(home, 'broken-')), 'codex');
    await writeFile(command, `#!/bin/sh\n${does}\n`, { mode: 0o755 });
    const remedy = 'npm install -g @openai/codex';
    expect(await probe(runnerOf({ command, apiKey: 'sk-test-0123456789' }))).toMatchObject({
      availability: { status: 'unavailable', message: `${command} --version ${said}`, remedy },
      version: null,
      startMs: null,
    });
  });

  test('calls a program whose interpreter is not there broken', async () => {
    const command = join(await mkdtemp(join(home, 'broken-')), 'codex');
    await writeFile(command, '#!/no/such/program\n', { mode: 0o755 });
    expect(await probe(runnerOf({ command }))).toMatchObject({
      availability: { message: expect.stringContaining('did not start') },
    });
  });

  test('finds the version behind a banner that names another one', async () => {
    const command = join(await mkdtemp(join(home, 'banner-')), 'codex');
    const says = 'echo "Node.js 22.1.0 is old"; echo codex-cli 0.169.0; echo "Try 0.170.0"';
    await writeFile(command, `#!/bin/sh\n${says}\n`, { mode: 0o755 });
    expect(await probe(runnerOf({ command }))).toMatchObject({ version: '0.169.0' });
  });

  test('finds a login that is in no file', async () => {
    const command = await fakeCli(home, { vendor: 'codex', signedIn: true });
    expect(await probe(runnerOf({ command }))).toMatchObject({
      signedIn: 'yes',
      availability: { status: 'available' },
    });
  });

  test('tells of a key that it is set, without asking the program', async () => {
    const command = await fakeCli(home, { vendor: 'codex', signedIn: false });
    const found = await probe(runnerOf({ command, apiKey: 'sk-1234' }));
    expect(found).toMatchObject({ signedIn: 'key', availability: { status: 'available' } });
  });

  test('asks the API for an answer of any kind, without the key', async () => {
    await using server = await vendorServer({ apiKey: 'sk-1234' });
    const command = await fakeCli(home, { vendor: 'codex' });
    const runner = runnerOf({ command, apiKey: 'sk-1234', baseUrl: server.baseUrl });
    expect(await probe(runner, { offline: false })).toMatchObject({
      signedIn: 'key',
      reach: {
        status: 'reached',
        address: server.baseUrl,
        asked: 'a request without a key',
        latencyMs: expect.any(Number),
      },
    });
    expect(server.requests).toEqual([]);
  });

  test('tells that the API is not reached', async () => {
    const command = await fakeCli(home, { vendor: 'codex' });
    const runner = runnerOf({ command, apiKey: 'sk-1234', baseUrl: 'http://127.0.0.1:9/v1' });
    expect(await probe(runner, { offline: false })).toMatchObject({
      availability: { status: 'available' },
      reach: {
        status: 'unreachable',
        message: 'Cannot reach http://127.0.0.1:9/v1: ECONNREFUSED',
      },
    });
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
      signedIn: 'unknown',
      startMs: null,
      reach: { status: 'not-tried', because: 'it is not installed' },
    });
  });

  test('tells nothing of a program that is cancelled', async () => {
    const command = await fakeCli(home, { vendor: 'codex' });
    const runner = runnerOf({ command, env: { CODEX_HOME: home } });
    expect(await probe(runner, { signal: AbortSignal.abort() })).toMatchObject({
      version: null,
      startMs: null,
      signedIn: 'unknown',
      availability: { status: 'available' },
    });
  });
});

describe.skipIf(process.platform === 'win32')('available()', () => {
  test('names the command that signs in when nobody is', async () => {
    const command = await fakeCli(home, { vendor: 'codex', signedIn: false });
    expect(await runnerOf({ command }).available()).toEqual({
      status: 'unavailable',
      kind: 'not-signed-in',
      message: `Nobody is signed in to ${command}, and no API key is set`,
      remedy: 'codex login',
    });
  });

  test("takes the program's word for a login that is in no file", async () => {
    const command = await fakeCli(home, { vendor: 'codex', signedIn: true });
    expect(await runnerOf({ command }).available()).toEqual({
      status: 'available',
      where: command,
    });
  });

  test('takes the key of another variable, and starts nothing', async () => {
    const command = await fakeCli(home, { vendor: 'codex', does: 'hang' });
    const found = await runnerOf({ command, env: { OPENAI_API_KEY: 'sk-1' } }).available();
    expect(found).toEqual({ status: 'available', where: command });
  });
});
