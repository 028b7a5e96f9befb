/**
 * Measures what a whole run costs beside plain `Promise.all` over the same client, in the same process and in turns,
 * against a server in another process: `node bench/orchestration.ts`. What is over is the median of the differences
 * within one round, so that a busy moment counts on both sides; the least of each shows what a busy machine adds.
 * Exits 0 also when a bar is missed, as a busy machine misses some.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Fan, fans } from './orchestration-fans.ts';

const rounds = 30;
const warmUpRounds = 5;
const crowd = 500;
const bars = { keptMs: 12, unkeptMs: 3, throughput: 0.5, historyCpuMs: 5 } as const;

const columns = ['p50', 'least', 'over raw', 'least over', 'bar', 'CPU', 'least CPU', 'CPU over'];

const titles: Readonly<Record<string, string>> = {
  raw: 'Promise.all over our client',
  unkept: 'runs, nothing kept',
  kept: 'runs, kept with full sync',
};

const folder = mkdtempSync(join(tmpdir(), 'bench-orchestration-'));
const server = fork(new URL('./orchestration-server.ts', import.meta.url));
try {
  const [origin] = await once(server, 'message');
  const all = await fans(String(origin), join(folder, 'history.db'));
  sayHowBusy();
  await measureAlone(all);
  await measureCrowd(all);
  await measureExecuted(all);
  sayHowBusy();
  for (const fan of Object.values(all)) await fan.close();
} finally {
  server.disconnect();
  rmSync(folder, { recursive: true });
}

function sayHowBusy(): void {
  const [minute = 0] = loadavg();
  const count = availableParallelism();
  process.stdout.write(`load average ${minute.toFixed(1)} on ${count} processors\n\n`);
}

type Fans = Awaited<ReturnType<typeof fans>>;

/** One fan-out at a time. */
async function measureAlone({ raw, unkept, kept }: Fans): Promise<void> {
  const figures = await inTurns({ raw, unkept, kept }, 'answer', rounds);
  print(['four models of 300 ms', ...columns]);
  const base = figures.raw;
  row('Promise.all over our client', { own: figures.raw, base });
  row('a run, nothing kept', { own: figures.unkept, base, bar: bars.unkeptMs });
  row('a run, kept with full sync', { own: figures.kept, base, bar: bars.keptMs });
  const history = median(differences(figures.kept.cpuMs, figures.unkept.cpuMs));
  const least = at(figures.kept.cpuMs, 0) - at(figures.unkept.cpuMs, 0);
  print(['CPU of the history alone', ms(history), ms(least), '', '', ms(bars.historyCpuMs)]);
}

/** Many at once, in turns: the median share of the raw client's throughput in the same round. */
async function measureCrowd({ raw, unkept, kept }: Fans): Promise<void> {
  const perSecond = { raw: [] as number[], unkept: [] as number[], kept: [] as number[] };
  for (let round = -1; round < 5; round += 1) {
    for (const [name, fan] of Object.entries({ raw, unkept, kept })) {
      const startedMs = performance.now();
      await Promise.all(Array.from({ length: crowd }, () => fan.ask('answer')));
      const rate = (crowd * 1000) / (performance.now() - startedMs);
      if (round >= 0) perSecond[name as keyof typeof perSecond].push(rate);
    }
  }
  print([`\n${crowd} fan-outs in flight`, 'a second', 'most', 'of raw', 'most of raw', 'bar']);
  const most = at(perSecond.raw, 1);
  for (const [name, rates] of Object.entries(perSecond)) {
    const share = median(rates.map((rate, round) => rate / (perSecond.raw[round] ?? Number.NaN)));
    const bar = name === 'kept' ? percent(bars.throughput) : '';
    const shares = [share, at(rates, 1) / most].map(percent);
    const perSecondShown = [median(rates), at(rates, 1)].map((rate) => rate.toFixed(0));
    print([titles[name] ?? name, ...perSecondShown, ...shares, bar]);
  }
}

/** What it costs besides when the answers are run in the sandbox. */
async function measureExecuted({ raw, executed }: Fans): Promise<void> {
  const figures = await inTurns({ raw, executed }, 'python', 10);
  print(['\nanswers that are executed', ...columns]);
  row('Promise.all over our client', { own: figures.raw, base: figures.raw });
  row('a run, kept, code run twice', { own: figures.executed, base: figures.raw });
}

interface Figures {
  readonly wallMs: number[];
  readonly cpuMs: number[];
}

/** All are measured in turns, so that a busy moment meets them all. */
async function inTurns<Name extends string>(
  named: Readonly<Record<Name, Fan>>,
  folderName: string,
  count: number,
): Promise<Readonly<Record<Name, Figures>>> {
  const names = Object.keys(named) as Name[];
  const entries = names.map((name) => [name, { wallMs: [], cpuMs: [] }] as const);
  const figures = Object.fromEntries(entries) as unknown as Record<Name, Figures>;
  for (let round = -warmUpRounds; round < count; round += 1) {
    for (const name of names) {
      const [startedMs, spentMs] = [performance.now(), cpuMs()];
      await named[name].ask(folderName);
      if (round < 0) continue;
      figures[name].wallMs.push(performance.now() - startedMs);
      figures[name].cpuMs.push(cpuMs() - spentMs);
    }
  }
  return figures;
}

interface Row {
  readonly own: Figures;
  readonly base: Figures;
  /** Milliseconds over the base. */
  readonly bar?: number;
}

function row(title: string, { own, base, bar }: Row): void {
  const over = median(differences(own.wallMs, base.wallMs));
  const leastOver = at(own.wallMs, 0) - at(base.wallMs, 0);
  const cpuOver = median(differences(own.cpuMs, base.cpuMs));
  const shown = [median(own.wallMs), at(own.wallMs, 0), over, leastOver].map(ms);
  const verdict = bar === undefined || over <= bar ? '' : 'over the bar';
  const limit = bar === undefined ? '' : ms(bar);
  const cpu = [median(own.cpuMs), at(own.cpuMs, 0), cpuOver].map(ms);
  print([title, ...shown, limit, ...cpu, verdict]);
}

/** Round by round. */
function differences(own: readonly number[], base: readonly number[]): readonly number[] {
  return own.map((figure, round) => figure - (base[round] ?? Number.NaN));
}

function cpuMs(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1000;
}

function median(figures: readonly number[]): number {
  return at(figures, 0.5);
}

function at(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[index] ?? Number.NaN;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function print([title = '', ...cells]: readonly string[]): void {
  process.stdout.write(`${title.padEnd(32)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
}
