import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { type RedisServer, redisServer } from '../../../test/services/redis-server.ts';
import { realClock } from '../../app/real-clock.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Engine } from '../../domain/engine.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import { describeEngine } from '../../testing/describe-engine.ts';
import { countedWork, endsOf, jobOf, jobsOf, submitAll } from '../../testing/engine-work.ts';
import { bullmqEngine } from './bullmq-engine.ts';

const redis = inject('redis');
const shared = redis.status === 'running' ? redis.address : '';
const why = redis.status === 'missing' ? ` (${redis.because})` : '';

/** So short that the jobs of a killed worker are soon another's. */
const lockMs = 2_000;

const telling = fileURLToPath(new URL('../../../test/support/telling-worker.ts', import.meta.url));

describe.skipIf(redis.status === 'missing')(`with Redis${why}`, () => {
  describeEngine(
    'BullMQ',
    async () => {
      const prefix = randomUUID();
      const children = new AsyncDisposableStack();
      return {
        open: () => openOn(shared, { prefix }),
        startWorker: () => {
          const args = [telling, shared, prefix, String(lockMs)];
          const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
          children.defer(() => void child.kill('SIGKILL'));
          return child;
        },
        [Symbol.asyncDispose]: () => children.disposeAsync(),
      };
    },
    { describe, test, durable: true },
  );

  test('an engine waits for a run that another process holds, and does not fail it', async () => {
    await using place = await opened();
    const { engine } = place;
    const ends = await endsOf(engine, 'b');
    let calls = 0;
    const perform = async (): Promise<void> => {
      calls += 1;
      if (calls === 1) throw new OrchestratorError('run-in-use', 'Another process has it');
    };
    await engine.work(perform, { concurrency: 1 });
    await engine.submit(jobOf('held'));
    await ends.atLeast(1);
    expect(ends.list).toEqual([{ id: 'held', batch: 'b', position: 1, status: 'done' }]);
    expect(calls).toBe(2);
  });

  test('an engine takes ids that the queue does not', async () => {
    await using place = await opened();
    const ends = await endsOf(place.engine, 'b');
    const work = countedWork();
    await place.engine.work(work.perform, { concurrency: 1 });
    await submitAll(place.engine, [jobOf('12345'), jobOf('a:b', { position: 3_000_000 })]);
    await ends.atLeast(2);
    expect(work.begun).toEqual(['12345', 'a:b']);
  });

  test('an engine cancels what waits though nobody works', async () => {
    await using place = await opened();
    const ends = await endsOf(place.engine, 'b');
    await submitAll(place.engine, jobsOf('b', 3));
    await place.engine.cancel('b');
    await ends.atLeast(3);
    expect(ends.list.every(({ status }) => status === 'cancelled')).toBe(true);
  });

  test('an engine tells every end of a batch that is larger than the memory of the queue', async () => {
    await using place = await opened();
    const { engine } = place;
    const jobs = jobsOf('b', 1_500);
    await submitAll(engine, jobs);
    await engine.work(async () => undefined, { concurrency: 50 });
    const early = await endsOf(engine, 'b');
    await early.atLeast(jobs.length);
    const late = await endsOf(engine, 'b');
    await late.atLeast(jobs.length);
    expect(new Set(late.list.map(({ id }) => id)).size).toBe(jobs.length);
    expect(early.list.length).toBe(jobs.length);
  });

  test('an engine goes on where it was when Redis was killed and started again', async () => {
    await using server = await ownServer();
    const told: string[] = [];
    const engine = await openOn(server.url, { onNotice: (line) => told.push(line) });
    const [ends, work] = [await endsOf(engine, 'b'), countedWork()];
    await engine.work(work.perform, { concurrency: 2 });
    await submitAll(
      engine,
      jobsOf('b', 4).map((job) => jobOf(job.id, { ...job, task: { ...job.task, text: 'gated' } })),
    );
    await work.begunAtLeast(2);
    await server.stop();
    work.open();
    await server.start();
    await ends.atLeast(4);
    await engine.close();
    expect(new Set(ends.list.map(({ id }) => id)).size).toBe(4);
    expect(told.map((line) => line.replace(/redis:.*/, 'URL'))).toEqual([
      'Lost the connection, and tries again: the engine URL',
      'Has the connection again: the engine URL',
    ]);
  });

  test('a worker leaves while Redis is gone', async () => {
    await using server = await ownServer();
    const lost = Promise.withResolvers<void>();
    const after: typeof realClock.after = (durationMs, call) =>
      realClock.after(durationMs / 50, call);
    const engine = await openOn(server.url, {
      clock: { ...realClock, after },
      onNotice: () => lost.resolve(),
    });
    const worker = await engine.work(countedWork().perform, { concurrency: 1 });
    await server.stop();
    await lost.promise;
    await expect(worker.drain(AbortSignal.abort())).resolves.toBeUndefined();
    await engine.close();
  });

  test('bullmqEngine() says that a Redis may lose jobs, and uses it', async () => {
    await using server = await ownServer({ settings: { 'maxmemory-policy': 'allkeys-lru' } });
    const told: string[] = [];
    const engine = await openOn(server.url, { onNotice: (line) => told.push(line) });
    await engine.close();
    expect(told).toEqual([expect.stringContaining('allkeys-lru, wanted noeviction')]);
  });

  test('bullmqEngine() rejects with bad-engine and the reason for a Redis that cannot be used', async () => {
    await using server = await ownServer({ password: 'right' });
    const { port } = new URL(server.url);
    const reasonOf = (url: string): Promise<unknown> =>
      openOn(url).catch((error: unknown) => error);
    for (const password of ['', ':wrong@']) {
      const error = await reasonOf(`redis://${password}127.0.0.1:${port}`);
      expect(error).toMatchObject({ code: 'bad-engine' });
      expect(String(error)).toBe(
        `OrchestratorError: Cannot use the engine redis://127.0.0.1:${port}: it refuses the password`,
      );
    }
    await server.stop();
    expect(String(await reasonOf(server.url))).toContain('nothing answers at this address');
  });

  test('a method of an engine rejects with bad-engine when the engine is closed', async () => {
    await using server = await ownServer();
    const engine = await openOn(server.url);
    await engine.close();
    await expect(engine.counts('b')).rejects.toMatchObject({ code: 'bad-engine' });
  });
});

interface Opening {
  readonly clock?: Clock;
  readonly prefix?: string;
  readonly onNotice?: (line: string) => void;
}

function openOn(
  url: string,
  { clock = realClock, prefix, onNotice = () => undefined }: Opening = {},
): Promise<Engine> {
  return bullmqEngine({ url: new URL(url), clock, lockMs, prefix, onNotice });
}

/** An engine that nobody else uses. */
async function opened(): Promise<AsyncDisposable & { readonly engine: Engine }> {
  const engine = await openOn(shared, { prefix: randomUUID() });
  return { engine, [Symbol.asyncDispose]: () => engine.close() };
}

async function ownServer(options: Parameters<typeof redisServer>[0] = {}): Promise<RedisServer> {
  const server = await redisServer(options);
  if (typeof server === 'string') throw new Error(server);
  return server;
}
