import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import type { CliRunnerSettings } from '../../domain/runner-settings.ts';
import { describeRunner } from '../../testing/describe-runner.ts';
import { fakeCliFor } from '../../testing/fake-cli/fake-cli-for.ts';
import { conformance } from '../../testing/runner-scenarios.ts';
import { vendorServer } from '../../testing/vendor-servers/vendor-server.ts';
import { grok } from './grok.ts';

const settings: CliRunnerSettings = {
  type: 'grok',
  model: undefined,
  timeoutMs: undefined,
  stallMs: undefined,
  retries: undefined,
  concurrency: undefined,
  price: undefined,
  maxOutputTokens: undefined,
  command: undefined,
  apiKey: conformance.secret,
  baseUrl: undefined,
};
const tools = { env: { PATH: '/usr/local/bin:/usr/bin:/bin' }, clock: realClock };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grok-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('grok()', () => {
  describeRunner(
    'grok',
    async (scenario) => {
      const command = await fakeCliFor(scenario, 'grok', folder);
      return grok('grok', { ...settings, command }, tools);
    },
    { describe: describe.concurrent, test },
  );
});

describe('grok() over the API', () => {
  const ask = (runner: ReturnType<typeof grok>): ReturnType<typeof runner.ask> =>
    runner.ask(conformance.prompts.plain, {
      signal: new AbortController().signal,
      limitMs: 10_000,
      report: () => undefined,
    });

  test.each(['GROK_API_KEY', 'XAI_API_KEY'])('asks with %s', async (variable) => {
    await using server = await vendorServer({ replies: { text: 'Hello' }, apiKey: 'xai-0123' });
    const { baseUrl } = server;
    const env = { ...tools.env, [variable]: 'xai-0123' };
    const runner = grok('grok', { ...settings, apiKey: undefined, baseUrl }, { ...tools, env });
    expect(await ask(runner)).toMatchObject({ status: 'answered', text: 'Hello' });
    expect(await runner.available()).toEqual({ status: 'available', where: baseUrl });
  });

  test('names a key and the program as the remedy when there is neither', async () => {
    const none = { ...tools, env: { PATH: folder } };
    const runner = grok('grok', { ...settings, apiKey: undefined }, none);
    expect(await runner.available()).toEqual({
      status: 'unavailable',
      kind: 'not-installed',
      message: 'No program named grok is on PATH',
      remedy: 'Set GROK_API_KEY, or npm install -g @xai-official/grok',
    });
  });
});
