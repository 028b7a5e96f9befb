// What keeping runs costs: runs of four calls, a number of them at once, in a file and in a PostgreSQL of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '../src/domain/event.ts';
import type { HistoryStore, HistoryTools } from '../src/domain/history.ts';
import { thisHolder } from '../src/history/holder.ts';
import { postgresHistory } from '../src/history/postgres/postgres-history.ts';
import { sqliteHistory } from '../src/history/sqlite/sqlite-history.ts';
import { answered, plan, seat, task } from '../src/testing/builders.ts';
import { postgresServer } from '../test/services/postgres-server.ts';

const runs = Number(process.argv[2] ?? 500);
const atOnce = 50;
const seats = ['primary-1', 'primary-2', 'primary-3', 'primary-4'].map((id) => seat(id, 'a'));
const tools: HistoryTools = { now: Date.now, holder: thisHolder(), isGone: () => false };

await using server = await inPostgres();
const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));
await measure('SQLite', async () => sqliteHistory(join(folder, 'history.db'), tools));
rmSync(folder, { recursive: true });
const { user, host, port, password } = server.address;
const url = `postgres://${user}@${host}:${port}/postgres`;
await measure('PostgreSQL', () => postgresHistory({ url, password }, tools));

async function inPostgres() {
  const started = await postgresServer({ isDurable: true });
  if (typeof started === 'string') throw new Error(started);
  return started;
}

async function measure(name: string, open: () => Promise<HistoryStore>): Promise<void> {
  const store = await open();
  await many(store, atOnce);
  const beganMs = performance.now();
  const before = process.cpuUsage();
  await many(store, runs);
  const { user: userUs, system } = process.cpuUsage(before);
  const seconds = (performance.now() - beganMs) / 1000;
  const [alone, listing] = [
    await timed(() => one(store)),
    await timed(() => store.list({ limit: 20 })),
  ];
  await store.close();
  const figures = [
    `${Math.round(runs / seconds)} runs/s`,
    `${((userUs + system) / 1000 / runs).toFixed(1)} ms of CPU a run here`,
    `${alone.toFixed(1)} ms for one run alone`,
    `${listing.toFixed(1)} ms for a list`,
  ];
  process.stdout.write(`${name.padEnd(11)} ${figures.join(', ')}\n`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const beganMs = performance.now();
  await work();
  return performance.now() - beganMs;
}

async function many(store: HistoryStore, count: number): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await one(store);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A run as the pipeline writes it, but for its checks: the plan, four calls that end together, its end. */
async function one(store: HistoryStore): Promise<void> {
  const run = await store.begin({ type: 'run-started', task: task('Add'), atMs: Date.now() });
  const append = (event: StoredEvent) => run.append({ ...event, atMs: Date.now() });
  await append({ type: 'plan-made', value: plan(seats) });
  const answer = 'x'.repeat(4000);
  await Promise.all(
    seats.map((each) =>
      append({ type: 'attempt-ended', seat: each.id, value: answered(each, answer) }),
    ),
  );
  await append({ type: 'run-ended', status: 'failed' });
  await run.release();
}
