// Measures a cluster as it is worked on: a server of models on this machine that counts, Redis, and workers as processes
// of their own, of which one is killed in the middle and another one joins.
// npm run bench:cluster -- [--tasks 2000] [--limit 50] [--concurrency 25] [--sqlite] [--no-kill]
import { randomUUID } from 'node:crypto';
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
import { countingServer, repeatedCalls } from '../test/support/counting-server.ts';

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
  print(await measure(place));
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

function print({ ends, durationMs, killedMs, takeOverMs, states }: Measured): void {
  const distinct = new Set(ends.map(({ id }) => id)).size;
  const rate = tasks / (durationMs / 1000);
  // All models are of one provider, which answers so many calls at once, and a call takes so long on average.
  const callsEachSecond = limit / ((latency.fromMs + latency.toMs) / 2 / 1000);
  const allowed = callsEachSecond / clusterModels.length;
  const repeated = repeatedCalls(models.calls, killedMs).length;
  const rows: readonly (readonly [string, string | number])[] = [
    [
      'tasks',
      `${tasks} x ${clusterModels.length} models of ${latency.fromMs} to ${latency.toMs} ms`,
    ],
    ['ends told', `${ends.length}, of them distinct ${distinct}`],
    ['runs in the history', JSON.stringify(states)],
    ['calls', models.calls.length],
    ['finished calls repeated', repeated],
    ['most in flight', models.most()],
    ['limit', limit],
    [
      'taken over after the kill',
      takeOverMs === undefined ? 'nobody was killed' : `${(takeOverMs / 1000).toFixed(1)} s`,
    ],
    ['time', `${(durationMs / 1000).toFixed(1)} s`],
    ['runs each second', rate.toFixed(1)],
    ['share of what the limit allows', `${((100 * rate) / allowed).toFixed(0)} %`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
}
