import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { realClock } from '../../src/app/real-clock.ts';
import type {
  CliRunnerSettings,
  RunnerFactory,
  RunnerTools,
} from '../../src/domain/runner-settings.ts';
import { describeRunner } from '../../src/testing/describe-runner.ts';
import { fakeCliFor } from '../../src/testing/fake-cli/fake-cli-for.ts';
import { conformance } from '../../src/testing/runner-scenarios.ts';

/** What a runner is given that sees nothing of the machine but its programs. */
export const cliTools: RunnerTools = {
  env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  clock: realClock,
};

/** The settings of a runner that has a key, with nothing else set but what is given. */
export function cliSettings(
  type: CliRunnerSettings['type'],
  own: Partial<CliRunnerSettings> = {},
): CliRunnerSettings {
  return {
    type,
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
    ...own,
  };
}

/** Runs the conformance suite on the runner of a vendor's program, with a fake of the program. */
export function describeCliRunner(
  type: CliRunnerSettings['type'],
  factory: RunnerFactory<CliRunnerSettings>,
): void {
  describe.skipIf(process.platform === 'win32')(`${factory.name}()`, () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), `${type}-`));
    });
    afterAll(() => rm(folder, { recursive: true }));

    describeRunner(
      type,
      async (scenario) => {
        const command = await fakeCliFor(scenario, type, folder);
        return factory(type, cliSettings(type, { command }), cliTools);
      },
      { describe: describe.concurrent, test },
    );
  });
}
