// Candidates a second through the executors, each with 20 calls, in the sandbox and without one, in turns.
// usage: node bench/sandbox.ts [LEVEL]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../src/config/environment.ts';
import type { Executor, Observation } from '../src/domain/executor.ts';
import { type SandboxLevel, sandboxLevels } from '../src/domain/sandbox.ts';
import type { Call } from '../src/domain/test-case.ts';
import { openExecutor } from '../src/executors/open-executor.ts';
import { chooseSandbox } from '../src/sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../src/sandbox/probe-sandboxes.ts';

const callsEach = 20;
const batches = 7;
const programs = {
  python: {
    candidates: 150,
    goal: 250,
    text: 'def f(x):\n    seen = set()\n    return [i * x for i in range(20) if not (i in seen or seen.add(i))]',
  },
  javascript: {
    candidates: 24,
    goal: 40,
    text: 'function f(x) { return Array.from({ length: 20 }, (_, i) => i * x).filter((i) => i >= 0); }',
  },
} as const;

const calls = Array.from(
  { length: callsEach },
  (_, x): Call => ({ kind: 'call', name: 'f', args: [{ int: String(x) }] }),
);
const signal = new AbortController().signal;
const cacheFolder = mkdtempSync(join(tmpdir(), 'bench-'));
const wanted = sandboxLevels.find((level) => level === process.argv[2]) ?? 'kernel';

try {
  await main();
} finally {
  rmSync(cacheFolder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const confined = await open(wanted);
  const free = await open('none');
  const status = await confined.available();
  if (status.status !== 'ready') throw new TypeError(`${status.because}. ${status.remedy}`);
  const { level, mechanism } = status.sandbox;
  const version = `node ${process.versions.node}, ${availableParallelism()} processes at once`;
  process.stdout.write(`${level} (${mechanism}), ${callsEach} calls each, ${version}\n`);
  for (const language of ['python', 'javascript'] as const) {
    await batch(confined, language);
    await batch(free, language);
    const rows = [];
    // In turns, so that whatever else the machine does falls on both.
    for (let index = 0; index < batches; index += 1) {
      rows.push({ confined: await batch(confined, language), free: await batch(free, language) });
    }
    report(language, rows);
  }
  await Promise.all([confined.close(), free.close()]);
}

async function open(level: SandboxLevel): Promise<Executor> {
  const options = { cacheFolder, allowsNone: true, deno: undefined, levels: [level] };
  const rows = await probeSandboxes(options);
  return openExecutor({ sandbox: async () => chooseSandbox(rows, 'none'), env: readEnvironment() });
}

/** Milliseconds on the clock for each candidate of a batch. */
async function batch(executor: Executor, language: keyof typeof programs): Promise<number> {
  const { candidates, text } = programs[language];
  const program = { language, files: [{ path: null, language, text }] } as const;
  const begin = performance.now();
  const all = await Promise.all(
    Array.from({ length: candidates }, () => executor.observe({ program, calls }, signal)),
  );
  const eachMs = (performance.now() - begin) / candidates;
  const wrong = all.flat().find(({ kind }: Observation) => kind !== 'returned');
  if (wrong) throw new TypeError(`a call came to ${JSON.stringify(wrong)}`);
  return eachMs;
}

function report(
  language: keyof typeof programs,
  rows: readonly { readonly confined: number; readonly free: number }[],
): void {
  const confined = median(rows.map((row) => row.confined));
  const free = median(rows.map((row) => row.free));
  const over = median(rows.map((row) => row.confined - row.free));
  const best = 1000 / Math.min(...rows.map((row) => row.confined));
  const { goal } = programs[language];
  process.stdout.write(
    `${language}: ${perSecond(confined)} candidates/s confined (best batch ${best.toFixed(0)}, goal ${goal}), ` +
      `${perSecond(free)} without; overhead ${over.toFixed(2)} ms a candidate (goal 2)\n`,
  );
}

function perSecond(eachMs: number): string {
  return (1000 / eachMs).toFixed(0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
