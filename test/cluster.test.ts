import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, inject, test } from 'vitest';
import { endsOf, submitAll } from '../src/testing/engine-work.ts';
import {
  noPostgres,
  type PostgresDatabase,
  postgresDatabase,
} from './services/postgres-database.ts';
import {
  type ClusterPlace,
  clusterJobs,
  clusterModels,
  clusterPlace,
} from './support/cluster-place.ts';
import { countingServer, mostAtOnce } from './support/counting-server.ts';
import { finishedAgain } from './support/finished-again.ts';

const redis = inject('redis');
const redisUrl = redis.status === 'running' ? redis.address : '';
const why = redis.status === 'missing' ? ` (${redis.because})` : '';

/** Where the runs of a cluster can be kept. */
const histories = [
  {
    name: 'SQLite',
    because: undefined,
    tasks: 40,
    open: async (): Promise<History> => ({ [Symbol.asyncDispose]: async () => undefined }),
  },
  {
    name: 'PostgreSQL',
    because: noPostgres(),
    tasks: 200,
    open: async (): Promise<History> => {
      const database = await postgresDatabase();
      return { database, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
    },
  },
] as const;

interface History extends AsyncDisposable {
  readonly database?: PostgresDatabase;
}

// A dead worker is noticed after some seconds, and a busy machine is slow to start the others.
const timeout = 120_000;

describe.skipIf(redis.status === 'missing')(`a cluster${why}`, { timeout }, () => {
  test.for(histories)(
    'workers come and go, one by SIGKILL: every run ends once in $name, the limit holds, and no finished call is repeated',
    async ({ open, because, tasks }, { skip }) => {
      skip(because !== undefined, because);
      await using models = await countingServer({ fromMs: 20, toMs: 200 });
      await using history = await open();
      const { database } = history;
      const limit = 20;
      await using place = await clusterPlace({
        ...{ redisUrl, modelsUrl: models.baseUrl, database, limit },
      });
      const batch = randomUUID();
      const jobs = clusterJobs(batch, tasks);
      const ends = await endsOf(place.engine, batch);
      const doomed = place.startWorker('--concurrency', '4');
      const staying = place.startWorker('--concurrency', '4');
      await submitAll(place.engine, jobs.slice(0, tasks / 2));
      await Promise.all(
        [doomed, staying].map(({ logged }) => logged(({ type }) => type === 'job-ended')),
      );
      const killedMs = Date.now();
      doomed.child.kill('SIGKILL');
      const joining = place.startWorker('--concurrency', '4');
      // However long it takes to start, there is something left for it.
      await joining.logged(({ type }) => type === 'worker-started');
      await submitAll(place.engine, jobs.slice(tasks / 2));
      await ends.atLeast(jobs.length);
      expect(new Set(ends.list.map(({ id }) => id)).size).toBe(jobs.length);
      expect(ends.list.filter(({ status }) => status !== 'done')).toEqual([]);
      expect(await statesOf(place, batch)).toEqual({ complete: jobs.length });
      expect(joining.events.some(({ type }) => type === 'job-ended')).toBe(true);
      expect(await finishedAgain(place.store, models.calls)).toEqual([]);
      expect(mostAtOnce(models.calls, killedMs)).toBeLessThanOrEqual(limit);
      expect(new Set(models.calls.map(({ key }) => key)).size).toBe(
        jobs.length * clusterModels.length,
      );
      staying.child.kill('SIGTERM');
      expect(await staying.ended()).toBe(0);
      expect(staying.events.at(-1)).toMatchObject({ type: 'worker-ended' });
    },
  );

  test('orchestrator batch --engine gives the results of workers, also of a batch that it was killed in', async () => {
    await using models = await countingServer({ fromMs: 20, toMs: 60 });
    await using place = await clusterPlace({ redisUrl, modelsUrl: models.baseUrl });
    const texts = Array.from({ length: 12 }, (_, index) => `Write add(a, b) in Ruby, ${index}`);
    const killed = place.startBatch(texts);
    place.startWorker('--concurrency', '2');
    await models.begunAtLeast(5);
    killed.kill('SIGKILL');
    const again = place.startBatch(texts);
    const [stdout, stderr] = await Promise.all([textOf(again.stdout), textOf(again.stderr)]);
    const rows: readonly { readonly line: number; readonly status: string }[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(
      rows.map(({ line }) => line).toSorted((a, b) => a - b),
      stderr,
    ).toEqual(texts.map((_, index) => index + 1));
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['complete']));
    expect(models.calls).toHaveLength(texts.length * clusterModels.length);
  });

  test.for(histories)(
    'the budget of a batch holds for all workers that share $name, and a higher one goes on with what was left undone',
    async ({ open, because }, { skip }) => {
      skip(because !== undefined, because);
      await using models = await countingServer({ fromMs: 20, toMs: 60 });
      await using history = await open();
      const { database } = history;
      await using place = await clusterPlace({ redisUrl, modelsUrl: models.baseUrl, database });
      const texts = Array.from({ length: 12 }, (_, index) => `Write add(a, b) in Ruby, ${index}`);
      for (const _ of ['one', 'two']) place.startWorker('--concurrency', '1');
      const first = await rowsOf(place.startBatch(texts, '--max-tokens', '6000'));
      const undone = first.filter(({ status }) => status === 'over-budget');
      expect(undone.length).toBeGreaterThan(0);
      expect(undone.length).toBeLessThan(texts.length);
      const before = models.calls.length;
      const second = await rowsOf(place.startBatch(texts, '--max-tokens', '6000000'));
      expect(second.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual(
        texts.map((_, index) => index + 1),
      );
      expect(second.filter(({ status }) => status === 'over-budget')).toEqual([]);
      expect(models.calls.length - before).toBe(undone.length * clusterModels.length);
    },
  );

  test('a worker that has no time to drain leaves its runs for others', async () => {
    const { promise: held, resolve: answer } = Promise.withResolvers<void>();
    await using models = await countingServer({ fromMs: 20, toMs: 60, held });
    await using place = await clusterPlace({ redisUrl, modelsUrl: models.baseUrl });
    const batch = randomUUID();
    const ends = await endsOf(place.engine, batch);
    const leaving = place.startWorker('--concurrency', '1', '--drain-timeout', '0');
    await submitAll(place.engine, clusterJobs(batch, 1));
    await models.begunAtLeast(clusterModels.length);
    leaving.child.kill('SIGTERM');
    expect(await leaving.ended()).toBe(0);
    expect(leaving.events).toContainEqual(
      expect.objectContaining({ type: 'job-ended', status: 'left' }),
    );
    expect(await statesOf(place, batch)).toEqual({ interrupted: 1 });
    answer();
    place.startWorker('--concurrency', '1');
    await ends.atLeast(1);
    expect(await statesOf(place, batch)).toEqual({ complete: 1 });
  });
});

interface Row {
  readonly line: number;
  readonly status: string;
}

/** The results that a batch writes. */
async function rowsOf({ stdout, stderr }: ChildProcess): Promise<readonly Row[]> {
  const [rows] = await Promise.all([textOf(stdout), textOf(stderr)]);
  const lines = rows.trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

async function textOf(stream: Readable | null): Promise<string> {
  return stream ? text(stream) : '';
}

/** How many runs of a batch are in which state. */
async function statesOf(place: ClusterPlace, batch: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { id, state } of await place.store.list({})) {
    if (id.startsWith(batch)) counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}
