import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { realClock } from '../src/app/real-clock.ts';
import { ask } from '../src/ask/ask.ts';
import type { Attempt } from '../src/domain/attempt.ts';
import type { CliRunnerSettings } from '../src/domain/runner-settings.ts';
import { limit } from '../src/lib/limit.ts';
import { queueAdmission } from '../src/limits/queue-admission.ts';
import { makeRunner } from '../src/runners/all.ts';
import { leftRunning } from '../src/testing/fake-cli/left-running.ts';
import { vendorServer } from '../src/testing/vendor-servers/vendor-server.ts';
import { usualTimeoutMs, type VendorCase } from './cases.ts';
import { dummyKey, folder, marker, programPath } from './environment.ts';
import { filesWith } from './files-with.ts';
import type { Vendor } from './vendors.ts';

/** What one case came to. */
export interface Asked {
  readonly attempt: Attempt;
  readonly requests: number;
  /** Milliseconds from the start to the end. */
  readonly durationMs: number;
  /** Processes that were left. */
  readonly left: readonly number[];
  /** Files in the home folder that hold the prompt. */
  readonly leaks: readonly string[];
}

/** Nothing listens at this port of loopback. */
const refusedUrl = 'http://127.0.0.1:9/v1';

/** Asks a vendor's program, through its runner and the ask stage, in a home of its own. */
export async function askVendor(vendor: Vendor, wanted: VendorCase): Promise<Asked> {
  await using server = await vendorServer({
    replies: wanted.replies(vendor),
    models: [vendor.model],
  });
  const home = mkdtempSync(join(folder, 'home-'));
  const url = wanted.isRefused ? refusedUrl : server.baseUrl;
  const settings = settingsOf(vendor, wanted, vendor.baseUrl(url));
  const runner = await makeRunner(vendor.type, settings, {
    env: { HOME: home, PATH: programPath },
    clock: realClock,
  });
  const startedAtMs = performance.now();
  const attempt = await ask(
    { id: 'primary-1', role: 'primary', runner: vendor.type },
    { system: 'You only answer.', text: `Say hello to ${marker}` },
    {
      asking: async () => ({
        runner,
        timeoutMs: wanted.timeoutMs ?? usualTimeoutMs,
        // Where nothing hangs, a program that says nothing waits for its turn on a busy machine.
        stallMs: wanted.timeoutMs === undefined ? usualTimeoutMs : 3000,
        retries: 1,
        price: undefined,
        admission: queueAdmission(limit(1)),
      }),
      clock: realClock,
      random: () => 0,
      signal: new AbortController().signal,
      runEndsAtMs: Number.POSITIVE_INFINITY,
      emit: () => undefined,
    },
  );
  const durationMs = performance.now() - startedAtMs;
  const left = await leftRunning(home);
  const leaks = filesWith(marker, home);
  rmSync(home, { recursive: true, maxRetries: 3 });
  return { attempt, requests: server.requests.length, durationMs, left, leaks };
}

function settingsOf(vendor: Vendor, wanted: VendorCase, baseUrl: string): CliRunnerSettings {
  return {
    type: vendor.type,
    command: vendor.program,
    apiKey: wanted.hasNoKey ? undefined : dummyKey,
    baseUrl,
    model: wanted.model ?? vendor.model,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
  };
}
