// Measures a cluster as it is worked on: a server of models on this machine that counts, Redis, and workers as processes
// of their own, of which one is killed in the middle and another one joins.
// npm run bench:cluster -- [--tasks 2000] [--limit 50] [--concurrency 25] [--sqlite] [--no-kill]
import { randomUUID } from 'node:crypto';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { JobEnd } from '../src/domain/engine.ts';
import { type PostgresServer, postgresServer } from '../test/services/postgres-server.ts';
import { redisServer } from '../test/services/redis-server.ts';
import {
  type ClusterDatabase,
  type ClusterPlace,
  type ClusterWorker,
  clusterJobs,
  clusterModels,
  clusterPlace,
} from '../test/support/cluster-place.ts';
import { countingServer, mostAtOnce, repeatedCalls } from '../test/support/counting-server.ts';
import { finishedAgain } from '../test/support/finished-again.ts';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '2000' },
    limit: { type: 'string', default: '50' },
    concurrency: { type: 'string', default: '25' },
    sqlite: { type: 'boolean', default: false },
    'no-kill': { type: 'boolean', default: false },
  },
});

/** How long a call takes: evenly between these. */
const latency = { fromMs: 50, toMs: 500 } as const;
const tasks = Number(values.tasks);
const limit = Number(values.limit);

const redis = await redisServer();
if (typeof redis === 'string') throw new Error(redis);
const postgres = values.sqlite ? undefined : await postgresServer({ isDurable: true });
if (typeof postgres === 'string') throw new Error(postgres);
const models = await countingServer(latency);
const parts = {
  redisUrl: redis.url,
  modelsUrl: models.baseUrl,
  limit,
  database: databaseOf(postgres),
};
const place = await clusterPlace(parts);
try {
  const measured = await measure(place);
  print(measured, (await finishedAgain(place.store, models.calls)).length);
} finally {
  await place[Symbol.asyncDispose]();
  await models[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
}

function databaseOf(server: PostgresServer | undefined): ClusterDatabase | undefined {
  if (!server) return undefined;
  const { host, password, port, user } = server.address;
  return { url: `postgres://${user}@${host}:${port}/postgres`, password };
}

interface Measured {
  readonly ends: readonly JobEnd[];
  readonly durationMs: number;
  /** In milliseconds since the epoch. */
  readonly killedMs: number;
  /** Milliseconds from the kill to the last of the dead worker's runs being another's; undefined without a kill. */
  readonly takeOverMs: number | undefined;
  readonly states: Readonly<Record<string, number>>;
}

async function measure({ engine, store, startWorker }: ClusterPlace): Promise<Measured> {
  const start = (): ClusterWorker => startWorker('--concurrency', values.concurrency);
  const batch = `bench-${randomUUID()}`;
  const ends: JobEnd[] = [];
  const [half, all] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await engine.follow(batch, (end) => {
    ends.push(end);
    if (ends.length >= tasks / 2) half.resolve();
    if (ends.length === tasks) all.resolve();
  });
  const [doomed, staying] = [start(), start()];
  await Promise.all(
    [doomed, staying].map(({ logged }) => logged(({ type }) => type === 'worker-started')),
  );
  const beganMs = Date.now();
  for (const job of clusterJobs(batch, tasks)) await engine.submit(job);
  await half.promise;
  const killedMs = Date.now();
  const others = [staying];
  if (!values['no-kill']) {
    doomed.child.kill('SIGKILL');
    others.push(start());
  }
  await all.promise;
  const durationMs = Date.now() - beganMs;
  const takeOverMs = values['no-kill'] ? undefined : takenOverMs(doomed, others) - killedMs;
  const states: Record<string, number> = {};
  for (const { id, state } of await store.list({})) {
    if (id.startsWith(batch)) states[state] = (states[state] ?? 0) + 1;
  }
  return { ends, durationMs, killedMs, takeOverMs, states };
}

/** When the last run that a killed worker had in hand was begun by another one, in milliseconds since the epoch. */
function takenOverMs(doomed: ClusterWorker, others: readonly ClusterWorker[]): number {
  const ids = (worker: ClusterWorker, type: string): readonly unknown[] =>
    worker.events.filter((event) => event['type'] === type).map((event) => event['id']);
  const ended = new Set(ids(doomed, 'job-ended'));
  const open = new Set(ids(doomed, 'job-begun').filter((id) => !ended.has(id)));
  const begun = others
    .flatMap(({ events }) => events)
    .filter(({ type, id }) => type === 'job-begun' && open.has(id))
    .map(({ at }) => Date.parse(String(at)));
  return Math.max(...begun);
}

interface Bar {
  readonly what: string;
  readonly found: string;
  readonly passes: boolean;
}

/** The bars of the cluster, and how this run stands to each. */
function barsOf({ ends, durationMs, killedMs, states }: Measured, again: number): readonly Bar[] {
  const distinct = new Set(ends.map(({ id }) => id)).size;
  const atOnce = mostAtOnce(models.calls, killedMs);
  const share = shareOf(durationMs);
  return [
    {
      what: `${tasks} results, each in the history once`,
      found: `${distinct} ids, ${JSON.stringify(states)}`,
      passes: distinct === tasks && states['complete'] === tasks,
    },
    {
      what: 'none is told twice',
      found: `${ends.length - distinct} twice`,
      passes: ends.length === distinct,
    },
    { what: 'no finished call is repeated', found: `${again} repeated`, passes: again === 0 },
    {
      what: `never more than ${limit} calls at once, as the server counts`,
      found: `${atOnce} at most`,
      passes: atOnce <= limit,
    },
    {
      what: 'at least 85 % of what the limit allows',
      found: percent(share.seen),
      passes: share.seen >= 0.85,
    },
  ];
}

/**
 * The share of the limit's places that were used, all the time: `seen` by how long the server was busy with each call,
 * `nominal` by how long it means to be, which a machine that others use as well makes longer.
 */
function shareOf(durationMs: number): { readonly seen: number; readonly nominal: number } {
  const seenMs = models.calls.reduce(
    (sum, { begunMs, endedMs = begunMs }) => sum + endedMs - begunMs,
    0,
  );
  const meanMs = (latency.fromMs + latency.toMs) / 2;
  const placesMs = limit * durationMs;
  return { seen: seenMs / placesMs, nominal: (tasks * clusterModels.length * meanMs) / placesMs };
}

function print(measured: Measured, again: number): void {
  const { durationMs, takeOverMs } = measured;
  const lost = repeatedCalls(models.calls).length;
  const loads = loadavg().map((load) => load.toFixed(1));
  const rows: readonly (readonly [string, string])[] = [
    [
      'tasks',
      `${tasks} x ${clusterModels.length} models of ${latency.fromMs} to ${latency.toMs} ms`,
    ],
    ['machine', `${availableParallelism()} cores, load ${loads.join(' ')} in 1, 5 and 15 minutes`],
    [
      'calls',
      `${models.calls.length}, ${lost} of them again, as the kill came before an answer was kept`,
    ],
    ['taken over', takeOverMs === undefined ? 'nobody' : `${seconds(takeOverMs)} after the kill`],
    [
      'time',
      `${seconds(durationMs)}, ${(tasks / (durationMs / 1000)).toFixed(1)} runs each second`,
    ],
    ['by latency', `${percent(shareOf(durationMs).nominal)} of what the limit allows`],
  ];
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(12)}${value}\n`);
  for (const { what, found, passes } of barsOf(measured, again)) {
    process.stdout.write(`${passes ? 'pass' : 'FAIL'}  ${what}: ${found}\n`);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
