import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openEngine } from '../../src/app/open-engine.ts';
import { openHistory } from '../../src/app/open-history.ts';
import type { Engine, RunJob } from '../../src/domain/engine.ts';
import type { HistoryStore } from '../../src/domain/history.ts';
import type { HistorySettings } from '../../src/domain/settings.ts';
import { isPostgresUrl } from '../../src/lib/postgres-url.ts';
import { task } from '../../src/testing/builders.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url));

/** The models that every task of a cluster asks. */
export const clusterModels = ['one', 'two', 'three', 'four'] as const;

/** Where the parts of a cluster are. */
export interface ClusterParts {
  readonly redisUrl: string;
  readonly modelsUrl: string;
  /** Where runs are kept; a file of its own when left out. */
  readonly database?: ClusterDatabase | undefined;
  /** The most calls of all models together at once, by the limit of their provider. */
  readonly limit?: number | undefined;
}

/** A database of PostgreSQL. */
export interface ClusterDatabase {
  /** Its address without the password. */
  readonly url: string;
  readonly password: string;
}

/** A worker in a process of its own. */
export interface ClusterWorker {
  readonly child: ChildProcess;
  /** The lines of its log. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
  /** Resolves when it has logged an event that is as wanted. */
  logged(isWanted: (event: Readonly<Record<string, unknown>>) => boolean): Promise<void>;
  /** Resolves with the exit status when it has ended. */
  ended(): Promise<number | null>;
}

/** Everything of a cluster but its workers, and what starts these. */
export interface ClusterPlace extends AsyncDisposable {
  readonly engine: Engine;
  readonly store: HistoryStore;
  /** Starts a worker, which ends with the place. */
  startWorker(...args: readonly string[]): ClusterWorker;
  /** Starts `orchestrator batch` with tasks in a file, one for each text; it ends with the place. */
  startBatch(texts: readonly string[], ...args: readonly string[]): ChildProcess;
}

/** Opens a cluster without workers. */
export async function clusterPlace(parts: ClusterParts): Promise<ClusterPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
  const { redisUrl, database } = parts;
  const history = database?.url ?? join(folder, 'runs.db');
  const passwords = database ? { PGPASSWORD: database.password } : {};
  const config = join(folder, 'models.json');
  writeFileSync(config, JSON.stringify(configOf(parts)));
  const engine = await openEngine({ url: redisUrl }, { onNotice: () => undefined });
  const opened = openHistory(historyAt(history), { env: passwords });
  const store = await opened.store();
  if (!store) throw new Error('the history is not kept');
  const children: ChildProcess[] = [];
  const start = (...args: readonly string[]): ChildProcess => {
    const argv = [main, ...args, '--history', history, '--config', config];
    const env = {
      PATH: dirname(process.execPath),
      HOME: folder,
      NODE_COMPILE_CACHE: compileCache,
      // An address can hold a password, which a command line shows to everybody.
      ORCHESTRATOR_ENGINE: redisUrl,
      ...passwords,
    };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const child = spawn(process.execPath, argv, { cwd: folder, env, stdio: [...stdio] });
    children.push(child);
    return child;
  };
  return {
    engine,
    store,
    startWorker: (...args) => workerOf(start('worker', '--json', ...args)),
    startBatch: (texts, ...args) => {
      const lines = texts.map((text) => JSON.stringify({ task: text, models: clusterModels }));
      writeFileSync(join(folder, 'tasks.jsonl'), lines.join('\n'));
      return start('batch', 'tasks.jsonl', ...args);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(children.map(kill));
      await engine.close();
      await opened.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function historyAt(place: string): HistorySettings {
  const isUrl = isPostgresUrl(place);
  return {
    keep: true,
    path: isUrl ? undefined : place,
    server: isUrl ? { url: place, passwordEnv: 'PGPASSWORD' } : undefined,
    retentionDays: undefined,
  };
}

/** The jobs of a batch, in their places, each with a task of its own. */
export function clusterJobs(batch: string, count: number): readonly RunJob[] {
  return Array.from({ length: count }, (_, index): RunJob => {
    const position = index + 1;
    const text = `Write add(a, b) in Ruby, number ${position} of ${batch}`;
    const own = task(text, { models: [...clusterModels] });
    return { id: `${batch}-${position}`, batch, position, task: own };
  });
}

function configOf({ modelsUrl, limit }: ClusterParts): object {
  const runners = clusterModels.map((model) => [
    model,
    {
      type: 'openai-compatible',
      baseURL: modelsUrl,
      model,
      provider: 'counted',
    },
  ]);
  return {
    runners: Object.fromEntries(runners),
    ...(limit !== undefined && { providers: { counted: { concurrency: limit } } }),
    localServers: false,
  };
}

function workerOf(child: ChildProcess): ClusterWorker {
  const events: Readonly<Record<string, unknown>>[] = [];
  const heard = new Set<() => void>();
  if (!child.stderr) throw new Error('a worker logs into a pipe');
  child.stdout?.resume();
  createInterface(child.stderr).on('line', (line) => {
    // What is no event is why it could not start.
    events.push(line.startsWith('{') ? JSON.parse(line) : { type: 'line', line });
    for (const look of heard) look();
  });
  return {
    child,
    events,
    logged: (isWanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!events.some(isWanted)) return;
          heard.delete(look);
          resolve();
        };
        heard.add(look);
        look();
      }),
    ended: async () => {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
