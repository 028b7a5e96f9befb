/**
 * Measures what the server adds where many clients stream at once, beside plain `Promise.all` over the same client of
 * ours at the same concurrency, in turns: `npm run bench:serve`. Exits 0 also when a bar is missed, as a busy machine
 * misses some; exits 1 where an answer is lost.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fans } from './orchestration-fans.ts';
import type { FiguresWish, ServerFigures } from './serve-server.ts';

const clients = 200;
const rounds = 10;
/** Milliseconds over which the clients of the last round come, so that runs do not wait for the processor. */
const spreadMs = 5000;
const warmUpRounds = 2;
/** Milliseconds after which nothing of the last streams is open any more. */
const restMs = 1000;
const bars = { p99OverMs: 150, heapGrowthBytes: 8 * 1024 * 1024 } as const;

const body = JSON.stringify({
  model: 'orchestrator-medium',
  stream: true,
  messages: [
    {
      role: 'user',
      content: 'Write a function `add(a, b)` that adds two numbers.\n\n>>> add(2, 3)\n5\n',
    },
  ],
});

const folder = mkdtempSync(join(tmpdir(), 'bench-serve-'));
const modelServer = fork(new URL('./orchestration-server.ts', import.meta.url));
const [origin] = await once(modelServer, 'message');
const server = fork(
  new URL('./serve-server.ts', import.meta.url),
  [String(origin), join(folder, 'history.db')],
  { execArgv: ['--expose-gc'] },
);
const agent = new Agent({ keepAlive: true });
let lost = 0;
try {
  const [url] = await once(server, 'message');
  const { raw } = await fans(String(origin), '');
  await measure(String(url), () => raw.ask('answer'));
} finally {
  agent.destroy();
  server.disconnect();
  modelServer.disconnect();
  await once(server, 'exit');
  rmSync(folder, { recursive: true });
}
process.exitCode = lost > 0 ? 1 : 0;

async function measure(url: string, direct: () => Promise<void>): Promise<void> {
  print([
    'round',
    'direct p50',
    'p99',
    'server p50',
    'p99',
    'over p50',
    'p99',
    'cpu/run',
    'rss',
    'load',
  ]);
  const directMs: number[] = [];
  const servedMs: number[] = [];
  let firstHeap = 0;
  for (let round = 1 - warmUpRounds; round <= rounds; round += 1) {
    // The round that follows a collection is one to warm up as well.
    if (round === 0) firstHeap = await heap();
    const own = await crowd(direct);
    const before = await figures('as they are');
    const served = await crowd(() => stream(url));
    const after = await figures('as they are');
    const over = [at(served, 0.5) - at(own, 0.5), at(served, 0.99) - at(own, 0.99)];
    const times = [at(own, 0.5), at(own, 0.99), at(served, 0.5), at(served, 0.99), ...over];
    const cpuMs = (after.cpuMs - before.cpuMs) / clients;
    const load = loadavg()[0]?.toFixed(1) ?? '';
    print([String(round), ...times.map(ms), ms(cpuMs), megabytes(after.rssBytes), load]);
    if (round < 1) continue;
    directMs.push(...own);
    servedMs.push(...served);
  }
  const growth = (await heap()) - firstHeap;
  await measureSpread(direct, () => stream(url));
  const p99OverMs = at(servedMs, 0.99) - at(directMs, 0.99);
  print([
    `p99 over direct calls: ${ms(p99OverMs)}, bar ${ms(bars.p99OverMs)}`,
    verdict(p99OverMs, bars.p99OverMs),
  ]);
  print([
    `heap after ${rounds} rounds: ${megabytes(growth)} more`,
    verdict(growth, bars.heapGrowthBytes),
  ]);
  print([`lost: ${lost} of ${clients * (rounds + warmUpRounds)}`]);
}

/** The same clients, one after the other: what the server itself adds to each. */
async function measureSpread(
  direct: () => Promise<void>,
  served: () => Promise<void>,
): Promise<void> {
  const own = await crowd(direct, spreadMs);
  const through = await crowd(served, spreadMs);
  const over = [at(through, 0.5) - at(own, 0.5), at(through, 0.99) - at(own, 0.99)];
  const times = [at(own, 0.5), at(own, 0.99), at(through, 0.5), at(through, 0.99), ...over];
  print(['spread', ...times.map(ms)]);
}

/** Milliseconds of each of many calls, which begin within `withinMs`. */
async function crowd(call: () => Promise<void>, withinMs = 0): Promise<readonly number[]> {
  return Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      if (withinMs > 0) await sleep((withinMs * index) / clients);
      const startedMs = performance.now();
      await call();
      return performance.now() - startedMs;
    }),
  );
}

/** Streams one chat completion to its end, and counts it as lost where that is missing. */
async function stream(url: string): Promise<void> {
  const sent = request(`${url}/v1/chat/completions`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json' },
  });
  sent.end(body);
  try {
    const [response] = await once(sent, 'response');
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    if (!(text.includes('def add') && text.endsWith('data: [DONE]\n\n'))) lost += 1;
  } catch {
    lost += 1;
  }
}

async function figures(wish: FiguresWish): Promise<ServerFigures> {
  server.send(wish);
  const [answer] = await once(server, 'message');
  return answer as ServerFigures;
}

/** Bytes after a collection. */
async function heap(): Promise<number> {
  await sleep(restMs);
  const { heapBytes = Number.NaN } = await figures('collected');
  return heapBytes;
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function verdict(value: number, bar: number): string {
  return value > bar ? 'over the bar' : '';
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function print([title = '', ...cells]: readonly string[]): void {
  process.stdout.write(`${title.padEnd(8)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
}
