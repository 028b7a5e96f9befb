/** Runs one fault many times at once, in a process of its own, and sends what that cost. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { realClock } from '../src/app/real-clock.ts';
import { builtInSettings } from '../src/config/defaults.ts';
import type { Runner } from '../src/domain/runner.ts';
import { makeRunner } from '../src/runners/all.ts';
import type { Delivery } from '../src/testing/fake-cli/behaviour.ts';
import { fakeCli, hangingFile } from '../src/testing/fake-cli/fake-cli.ts';

/** One of which the output is lines, and one of which it is a document. */
export type MeasuredVendor = 'claude-code' | 'gemini';

/** What is measured. */
export interface ProcessCase {
  readonly does: Delivery;
  readonly vendor: MeasuredVendor;
  readonly runs: number;
  readonly boundBytes: number;
}

const text = 'The quick brown fox jumps over the lazy dog.\n'.repeat(50);
const env = { PATH: '/usr/local/bin:/usr/bin:/bin' };
// Its only caller is the file beside it.
const told = JSON.parse(process.argv[2] ?? '{}') as ProcessCase;
const folder = await mkdtemp(join(tmpdir(), 'bench-processes-'));
try {
  process.send?.(await measure(told));
} finally {
  await rm(folder, { recursive: true });
}
process.disconnect();

async function measure({ does, runs, vendor, ...more }: ProcessCase): Promise<object> {
  // What is loaded and compiled once is no cost of a run.
  await Promise.all((await programs(runs, { vendor, ...more }, 'at-once')).map(ask));
  const programsToRun = await programs(runs, { vendor, ...more }, does);
  globalThis.gc?.();
  const beforeBytes = process.memoryUsage.rss();
  const startedMs = performance.now();
  let peakBytes = 0;
  const watching = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 2);
  await Promise.all(programsToRun.map(ask));
  clearInterval(watching);
  return {
    grownBytes: peakBytes - beforeBytes,
    seconds: (performance.now() - startedMs) / 1000,
  };
}

interface Program {
  readonly path: string;
  readonly runner: Runner;
}

async function programs(
  count: number,
  { boundBytes, vendor }: Pick<ProcessCase, 'boundBytes' | 'vendor'>,
  does: Delivery,
): Promise<readonly Program[]> {
  const making = Array.from({ length: count }, async () => {
    const path = await fakeCli(folder, { vendor, text, does });
    const settings = {
      ...builtInSettings.runners[vendor],
      type: vendor,
      command: path,
      apiKey: 'sk-bench',
      outputMaxBytes: boundBytes,
    } as const;
    // The built-in settings of a vendor are complete, which a record does not say.
    const declared = settings as Parameters<typeof makeRunner>[1];
    return { path, runner: await makeRunner(vendor, declared, { env, clock: realClock }) };
  });
  return Promise.all(making);
}

/** Aborts once the program does nothing more but hang. */
async function ask({ path, runner }: Program): Promise<void> {
  const controller = new AbortController();
  let isSettled = false;
  const { signal } = controller;
  const asking = runner
    .ask({ system: 'Be short.', text: 'Say hello' }, { signal, limitMs: 60_000, report: () => {} })
    .then(() => {
      isSettled = true;
    });
  const sign = join(dirname(path), hangingFile);
  while (!isSettled && !existsSync(sign)) await Promise.race([asking, pause(20)]);
  controller.abort();
  await asking;
}
