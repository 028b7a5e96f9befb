import { availableParallelism } from 'node:os';
import { type BenchOptions, type BenchOutcome, bench } from '../bench/bench.ts';
import type { Pool } from '../bench/pool.ts';
import { readPool } from '../bench/read-pool.ts';
import { syntaxChecker } from '../checkers/syntax/syntax.ts';
import { builtInSettings } from '../config/defaults.ts';
import type { BenchProgress } from '../domain/bench.ts';
import type { Executor } from '../domain/executor.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { ExecutionLimits } from '../executors/execution-limits.ts';
import { openExecutor } from '../executors/open-executor.ts';
import { openSandbox } from './open-sandbox.ts';
import { realClock } from './real-clock.ts';

/** What a bench is asked for; what is left out has a default. */
export type BenchRequest = {
  readonly [Key in keyof BenchOptions]?: BenchOptions[Key] | undefined;
} & {
  /** Files of JSON lines, or folders of such. */
  readonly pools: readonly string[];
};

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
  callCpuMs: 600,
  // Long, so that processor time decides: what the clock ends is tried again with nothing beside it.
  callWallMs: 15_000,
  jobCpuMs: 4000,
  jobWallMs: 40_000,
  timeoutsMax: 2,
  resultMaxBytes: 2 * 1024 * 1024,
};

/** A hidden test file is one call. */
const scoreLimits: Partial<ExecutionLimits> = {
  callCpuMs: 5000,
  callWallMs: 30_000,
  jobCpuMs: 30_000,
  timeoutsMax: 1,
};

/** What was measured, and why some of the pool's languages were not run. */
export interface BenchRun extends BenchOutcome {
  readonly missing: readonly string[];
}

/** Measures all rules on recorded candidates, run in the best sandbox of this machine. Throws for misuse. */
export async function runBench(request: BenchRequest, place: BenchPlace): Promise<BenchRun> {
  const pool = await readPool(request.pools);
  if (!pool.tasks.some(({ samples }) => samples.length > 0))
    throw emptyPool(request.pools, pool.badLines.length);
  const { choose, parts } = openSandbox({ env: place.env, floor: builtInSettings.sandbox });
  const open = (limits: Partial<ExecutionLimits>): Executor =>
    openExecutor({ sandbox: choose, env: place.env, runtime: parts, limits });
  const executor = open(observeLimits);
  const scorer = open(scoreLimits);
  try {
    const missing = await missingLanguages(executor, pool);
    const outcome = await bench(pool, optionsOf(request), {
      executor,
      scorer,
      checkers: [syntaxChecker()],
      signal: place.signal,
      elapsed: () => realClock.elapsed(),
      onProgress: place.onProgress,
    });
    return { ...outcome, missing };
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
    prior: request.prior ?? { kind: 'visible' },
    limit: request.limit,
    jobs: request.jobs ?? availableParallelism() * 2,
  };
}

/** Says which languages cannot be run; throws where none of the pool can. */
async function missingLanguages(executor: Executor, pool: Pool): Promise<readonly string[]> {
  const languages = [...new Set(pool.tasks.flatMap(({ language }) => language ?? []))];
  const states = await Promise.all(
    languages.map(async (language) => ({ language, state: await executor.available(language) })),
  );
  const missing = states.flatMap(({ language, state }) =>
    state.status === 'unavailable' ? [{ language, ...state }] : [],
  );
  const [first] = missing;
  if (first === undefined || missing.length < languages.length) {
    return missing.map(({ language, because }) => `${language}: ${because}`);
  }
  throw new OrchestratorError('bad-usage', `Cannot run recorded code: ${first.because}`, {
    hint: first.remedy,
  });
}

function emptyPool(paths: readonly string[], badLines: number): OrchestratorError {
  return new OrchestratorError(
    'unreadable-file',
    `Cannot bench ${paths.join(', ')}: found no task with a prompt and an answer, and ${badLines} lines that cannot be used`,
    { hint: 'See docs/cli.md for the keys of a pool' },
  );
}
