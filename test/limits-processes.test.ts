import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const worker = new URL('support/limited-worker.mjs', import.meta.url);
const most = 6;
const answerMs = 20;

interface Counted {
  readonly server: Server;
  readonly url: string;
  /** How many each worker has asked, by its process. */
  readonly asked: Map<number, number>;
  /** Those that were killed: the server hears of it later than the kernel that ends them. */
  readonly killed: Set<number>;
  mostInFlight: number;
  /** Resolves once that many requests more have come. */
  more(count: number): Promise<void>;
}

/** A server that counts what is in flight. */
async function countingServer(): Promise<Counted> {
  const inFlight = new Map<object, number>();
  let total = 0;
  const waiting = new Set<{ readonly at: number; readonly ring: () => void }>();
  const server = createServer((request, response) => {
    const pid = Number(request.headers['worker']);
    counted.asked.set(pid, (counted.asked.get(pid) ?? 0) + 1);
    inFlight.set(request, pid);
    total += 1;
    const alive = [...inFlight.values()].filter((each) => !counted.killed.has(each));
    counted.mostInFlight = Math.max(counted.mostInFlight, alive.length);
    for (const each of waiting) if (total >= each.at) each.ring();
    response.once('close', () => inFlight.delete(request));
    setTimeout(() => response.end('x'), answerMs);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const counted: Counted = {
    server,
    url: `http://127.0.0.1:${port}/`,
    asked: new Map(),
    killed: new Set(),
    mostInFlight: 0,
    more: (count) => new Promise((ring) => waiting.add({ at: total + count, ring })),
  };
  return counted;
}

test('processes that share limits never send more at once than they may, also when one is killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'limits-'));
  const counted = await countingServer();
  const args = [counted.url, join(folder, 'limits.db'), String(most)];
  const workers: readonly ChildProcess[] = Array.from({ length: 4 }, () => fork(worker, args));
  const [first, ...others] = workers;
  const pids = workers.map(({ pid }) => pid ?? 0);
  try {
    const firstAsks = workers.map((each) => once(each, 'message'));
    await Promise.all(firstAsks);
    await counted.more(60);
    expect(counted.asked.size).toBe(4);
    const ended = once(first ?? process, 'exit');
    first?.kill('SIGKILL');
    counted.killed.add(pids[0] ?? 0);
    await ended;
    const before = others.map(({ pid = 0 }) => counted.asked.get(pid) ?? 0);
    await counted.more(120);
    // Its places have come free, and nobody is left out.
    expect(counted.mostInFlight).toBe(most);
    for (const [index, { pid = 0 }] of others.entries()) {
      expect(counted.asked.get(pid)).toBeGreaterThan(before[index] ?? 0);
    }
    expect(new Set(counted.asked.keys())).toEqual(new Set(pids));
    const ends = others.map((each) => once(each, 'exit'));
    for (const each of others) each.send('stop');
    expect((await Promise.all(ends)).map(([status]) => status)).toEqual([0, 0, 0]);
  } finally {
    for (const each of workers) each.kill('SIGKILL');
    counted.server.closeAllConnections();
    counted.server.close();
    await rm(folder, { recursive: true });
  }
}, 60_000);
