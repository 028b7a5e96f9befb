/**
 * Measures what asking costs, beside plain node:http in the same run, against a server in another process:
 * `node bench/ask.ts`. Exits 0 also when a bar is missed, as a busy machine misses some.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { ours } from './ask-ours.ts';
import { type Asker, plain } from './ask-plain.ts';
import { latencyMs, tokensMany } from './ask-scenarios.ts';

interface Scenario {
  readonly title: string;
  readonly unit: 'ms' | 'us';
  readonly bar: number;
  readonly rounds: number;
  /** One figure, in the unit. */
  readonly measure: (asker: Asker) => Promise<number>;
}

const scenarios: readonly Scenario[] = [
  {
    title: 'overhead of a fan-out of four',
    unit: 'ms',
    bar: 2.5,
    rounds: 60,
    measure: async (asker) => {
      const startedMs = performance.now();
      await fanOut(asker, 'answer');
      return performance.now() - startedMs - latencyMs.answer;
    },
  },
  {
    title: 'CPU of a fan-out, 500 in flight',
    unit: 'ms',
    bar: 1.2,
    rounds: 5,
    measure: async (asker) => {
      const crowd = 500;
      const spentMs = cpuMs();
      await Promise.all(Array.from({ length: crowd }, () => fanOut(asker, 'crowd')));
      return (cpuMs() - spentMs) / crowd;
    },
  },
  {
    title: 'first token',
    unit: 'ms',
    bar: 3,
    rounds: 60,
    measure: async (asker) => {
      const startedMs = performance.now();
      let firstMs: number | undefined;
      await asker.ask('first', never, () => {
        firstMs ??= performance.now() - startedMs;
      });
      return firstMs ?? Number.NaN;
    },
  },
  {
    title: 'CPU of a streamed token',
    unit: 'us',
    bar: 3.4,
    rounds: 15,
    measure: async (asker) => {
      const spentMs = cpuMs();
      await asker.ask('tokens', never, () => undefined);
      return ((cpuMs() - spentMs) * 1000) / tokensMany;
    },
  },
  {
    title: 'abort to settled',
    unit: 'ms',
    bar: 5,
    rounds: 40,
    measure: async (asker) => {
      const stop = new AbortController();
      const { promise: began, resolve } = Promise.withResolvers<void>();
      const settled = asker.ask('hang', stop.signal, resolve);
      await began;
      // The abort comes from outside, not from within the stream.
      await new Promise((wake) => setImmediate(wake));
      const startedMs = performance.now();
      stop.abort();
      await settled;
      return performance.now() - startedMs;
    },
  },
];

const never = new AbortController().signal;

await main();

async function main(): Promise<void> {
  const server = fork(new URL('./ask-server.ts', import.meta.url));
  const [origin] = await once(server, 'message');
  const askers = { ours: ours(String(origin)), plain: plain(String(origin)) };
  print(['', 'ours', 'bar', 'plain', 'ratio', '']);
  for (const scenario of scenarios) print(await row(scenario, askers));
  server.disconnect();
}

/** Both are measured in turns, so that a busy moment meets both. */
async function row(
  { bar, measure, rounds, title, unit }: Scenario,
  askers: { readonly ours: Asker; readonly plain: Asker },
): Promise<readonly string[]> {
  const figures = { ours: [] as number[], plain: [] as number[] };
  const warmUp = Math.ceil(rounds / 4);
  for (let round = -warmUp; round < rounds; round++) {
    for (const who of ['plain', 'ours'] as const) {
      const figure = await measure(askers[who]);
      if (round >= 0) figures[who].push(figure);
    }
  }
  const [own, other] = [median(figures.ours), median(figures.plain)];
  const ratio = `${(own / other).toFixed(2)}x`;
  const verdict = own <= bar ? '' : 'over the bar';
  return [title, `${own.toFixed(2)} ${unit}`, `${bar} ${unit}`, other.toFixed(2), ratio, verdict];
}

/** Four at once with a signal of their own, as in a run. */
async function fanOut(asker: Asker, folder: string): Promise<void> {
  const { signal } = new AbortController();
  await Promise.all([1, 2, 3, 4].map(() => asker.ask(folder, signal, () => undefined)));
}

function cpuMs(): number {
  const { system, user } = process.cpuUsage();
  return (system + user) / 1000;
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function print([title = '', ...cells]: readonly string[]): void {
  process.stdout.write(`${title.padEnd(34)}${cells.map((cell) => cell.padStart(10)).join('  ')}\n`);
}
