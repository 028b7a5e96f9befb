import { availableParallelism } from 'node:os';
import { type BenchOptions, type BenchOutcome, bench } from '../bench/bench.ts';
import { readPool } from '../bench/read-pool.ts';
import { syntaxChecker } from '../checkers/syntax/syntax.ts';
import { stateFolder } from '../config/places.ts';
import type { BenchProgress } from '../domain/bench.ts';
import type { Executor } from '../domain/executor.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { SandboxChoice } from '../domain/sandbox.ts';
import type { ExecutionLimits } from '../executors/execution-limits.ts';
import { openExecutor } from '../executors/open-executor.ts';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../sandbox/probe-sandboxes.ts';
import { realClock } from './real-clock.ts';

/** What a bench is asked for; what is left out has a default. */
export interface BenchRequest extends Partial<Omit<BenchOptions, 'prior'>> {
  /** Files of JSON lines, or folders of such. */
  readonly pools: readonly string[];
  readonly prior?: BenchOptions['prior'] | undefined;
}

/** What running a bench needs of the world. */
export interface BenchPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BenchProgress) => void;
}

/**
 * Limits under which candidates are compared: shorter than in a run, since a pool holds many that never end, and
 * what is slower than this on small inputs is a behaviour of its own.
 */
const observeLimits: Partial<ExecutionLimits> = {
  callCpuMs: 1000,
  callWallMs: 3000,
  jobCpuMs: 6000,
  jobWallMs: 20_000,
  timeoutsMax: 2,
  resultMaxBytes: 2 * 1024 * 1024,
};

/** A hidden test file is one call. */
const scoreLimits: Partial<ExecutionLimits> = {
  callCpuMs: 8000,
  callWallMs: 20_000,
  jobCpuMs: 30_000,
  timeoutsMax: 1,
};

/** Measures all rules on recorded candidates, run in the best sandbox of this machine. Throws for misuse. */
export async function runBench(request: BenchRequest, place: BenchPlace): Promise<BenchOutcome> {
  const pool = await readPool(request.pools);
  if (pool.tasks.length === 0) throw emptyPool(request.pools, pool.badLines.length);
  const sandbox = sandboxOnce(place.env);
  const open = (limits: Partial<ExecutionLimits>): Executor =>
    openExecutor({ sandbox, env: place.env, limits });
  const executor = open(observeLimits);
  const scorer = open(scoreLimits);
  try {
    await refuseWithout(executor);
    return await bench(pool, optionsOf(request), {
      executor,
      scorer,
      checkers: [syntaxChecker()],
      signal: place.signal,
      elapsed: () => realClock.elapsed(),
      onProgress: place.onProgress,
    });
  } finally {
    await Promise.all([executor.close(), scorer.close()]);
  }
}

function optionsOf(request: BenchRequest): BenchOptions {
  return {
    seed: request.seed ?? 1,
    inputs: request.inputs ?? 80,
    panel: request.panel,
    panels: request.panels ?? 10,
    models: request.models,
    prior: request.prior ?? { kind: 'none' },
    limit: request.limit,
    jobs: request.jobs ?? availableParallelism() * 2,
  };
}

function sandboxOnce(env: BenchPlace['env']): () => Promise<SandboxChoice> {
  let choice: Promise<SandboxChoice> | undefined;
  const probe = async (): Promise<SandboxChoice> => {
    const cacheFolder = stateFolder(env);
    const rows = await probeSandboxes({ cacheFolder, allowsNone: false, deno: undefined });
    return chooseSandbox(rows, 'runtime');
  };
  return () => {
    choice ??= probe();
    return choice;
  };
}

async function refuseWithout(executor: Executor): Promise<void> {
  const status = await executor.available();
  if (status.status === 'ready') return;
  throw new OrchestratorError('bad-usage', `Cannot run recorded code: ${status.because}`, {
    hint: status.remedy,
  });
}

function emptyPool(paths: readonly string[], badLines: number): OrchestratorError {
  return new OrchestratorError(
    'unreadable-file',
    `Cannot bench ${paths.join(', ')}: found no task with a prompt and an answer, and ${badLines} lines that cannot be used`,
    { hint: 'See docs/cli.md for the keys of a pool' },
  );
}
