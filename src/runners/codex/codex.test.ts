import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import type { CliRunnerSettings } from '../../domain/runner-settings.ts';
import { describeRunner } from '../../testing/describe-runner.ts';
import { fakeCliFor } from '../../testing/fake-cli/fake-cli-for.ts';
import { conformance } from '../../testing/runner-scenarios.ts';
import { codex } from './codex.ts';

const settings: CliRunnerSettings = {
  type: 'codex',
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
  folder = await mkdtemp(join(tmpdir(), 'codex-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('codex()', () => {
  describeRunner(
    'codex',
    async (scenario) => {
      const command = await fakeCliFor(scenario, 'codex', folder);
      return codex('codex', { ...settings, command }, tools);
    },
    { describe: describe.concurrent, test },
  );
});
