/**
 * Measures how quickly the built command starts and ends: `node bench/cli.ts`, after `npm run build`.
 * Exits 0 also when a bar is missed, as a busy machine misses some.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type VendorServer, vendorServer } from '../src/testing/vendor-servers/vendor-server.ts';

const rounds = { version: 41, run: 15 } as const;
const bars = { version: 1.6, runMs: 150 } as const;
const latencyMs = 300;
const models = ['claude-code', 'codex', 'gemini', 'grok'] as const;
const answer = '```python\ndef add(a, b):\n    return a + b\n```\n';

const command = fileURLToPath(new URL('../bin/orchestrator.js', import.meta.url));
const bundle = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'bench-cli-'));
// Nothing of the machine's own settings takes part.
const env = { PATH: dirname(process.execPath), HOME: home };

if (!existsSync(bundle))
  throw new Error('Cannot measure the command: found no dist/, run the build');
try {
  await measureVersion();
  await measureRun();
} finally {
  rmSync(home, { recursive: true });
}

async function measureVersion(): Promise<void> {
  const bare: number[] = [];
  const version: number[] = [];
  for (let round = 0; round < rounds.version; round += 1) {
    bare.push(await timeOf(['-e', '0']));
    version.push(await timeOf([command, '--version']));
  }
  const ratio = median(version) / median(bare);
  say(`orchestrator --version       ${text(median(version))}`);
  say(`node -e 0                    ${text(median(bare))}`);
  say(`ratio                        ${ratio.toFixed(2)} (bar ${bars.version})\n`);
}

async function measureRun(): Promise<void> {
  await using server = await vendorServer({ replies: { text: answer, latencyMs } });
  const config = join(home, 'four-models.json');
  const runners = models.map((model) => [
    model,
    { type: 'openai-compatible', baseURL: server.baseUrl, model },
  ]);
  writeFileSync(config, JSON.stringify({ runners: Object.fromEntries(runners) }));
  const args = [command, 'Add two numbers', '--config', config, '--models', ...models];
  const before: number[] = [];
  const after: number[] = [];
  for (let round = 0; round < rounds.run; round += 1) {
    const { beforeMs, afterMs } = await timesOfRun(args, server);
    before.push(beforeMs);
    after.push(afterMs);
  }
  say(`start to the first request   ${text(median(before))}`);
  say(`slowest answer to the end    ${text(median(after))} (bar ${bars.runMs} ms)`);
}

interface RunTimes {
  /** Milliseconds from the start of the process to the first request. */
  readonly beforeMs: number;
  /** Milliseconds from the end of the slowest answer to the end of the process. */
  readonly afterMs: number;
}

async function timesOfRun(args: readonly string[], server: VendorServer): Promise<RunTimes> {
  const first = server.requests.length + 1;
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  const ended = once(child, 'exit').then(([code]) => ({ status: code, atMs: performance.now() }));
  const requests = await Promise.all(models.map((_, index) => server.received(first + index)));
  await Promise.all(requests.map(({ closed }) => closed));
  const answeredMs = performance.now();
  const { atMs, status } = await ended;
  if (status !== 0) throw new Error(`Cannot measure the run: it ended with ${status}`);
  const firstMs = Math.min(...requests.map((request) => request.atMs));
  return { beforeMs: firstMs - startedMs, afterMs: atMs - answeredMs };
}

async function timeOf(args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  await once(spawn(process.execPath, args, { env, stdio: 'ignore' }), 'exit');
  return performance.now() - startedMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function text(durationMs: number): string {
  return `${durationMs.toFixed(1)} ms`.padStart(9);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
