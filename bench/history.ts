/**
 * Measures whole commands on a history of many runs: `node bench/history.ts [COUNT]`, after `npm run build`. Filling it
 * takes a minute or two. Exits 0 also when a bar is missed, as a busy machine misses some.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { fillHistory, rareWord } from './history-fill.ts';

const count = Number(process.argv[2] ?? 100_000);
const rounds = 7;
const barMs = 300;

const command = fileURLToPath(new URL('../bin/orchestrator.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));
const path = join(folder, 'history.db');

/** What is measured: a list, a run, a text that many have, one that a single run has, one that none has; counts. */
const commands: readonly (readonly string[])[] = [
  ['history'],
  ['show'],
  ['history', 'number'],
  ['history', rareWord],
  ['history', 'nowhere'],
  ['history', '--status', 'failed'],
  ['stats'],
  ['--version'],
];

try {
  const startedMs = performance.now();
  await fillHistory(path, count, Date.now());
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  say(`${count} runs, ${(statSync(path).size / 1e6).toFixed(0)} MB, filled in ${seconds} s`);
  for (const args of commands)
    say(
      lineOf(
        args,
        Array.from({ length: rounds }, () => timeOf(args)),
      ),
    );
} finally {
  rmSync(folder, { recursive: true });
}

function timeOf(args: readonly string[]): number {
  const here = args[0] === '--version' ? [] : ['--history', path];
  const startedMs = performance.now();
  spawnSync(process.execPath, [command, ...args, ...here], {
    env: { PATH: dirname(process.execPath), HOME: folder },
  });
  return performance.now() - startedMs;
}

function lineOf(args: readonly string[], times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const verdict = middle <= barMs ? '' : '  over the bar';
  const title = `orchestrator ${args.join(' ')}`.padEnd(40);
  const least = (sorted[0] ?? Number.NaN).toFixed(0);
  return `${title}${middle.toFixed(0)} ms, at least ${least} (bar ${barMs})${verdict}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
