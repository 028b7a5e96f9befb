import type { BenchDetail, BenchProgress, BenchReport } from '../domain/bench.ts';
import type { Executor } from '../domain/executor.ts';
import { limit as limitOf } from '../lib/limit.ts';
import { choose } from './choose.ts';
import { CountingExecutor } from './counting-executor.ts';
import { type ExaminedPanel, type ExamineTools, examineTask } from './examine-task.ts';
import type { PanelOptions } from './panels-of.ts';
import type { Pool, PoolTask } from './pool.ts';
import { type ChosenPanel, rowsOf } from './rows-of.ts';
import { type Prior, strengthsFor } from './strengths.ts';
import type { SuiteOptions } from './suite-of.ts';

/** What is measured, and how. */
export interface BenchOptions extends PanelOptions, SuiteOptions {
  /** Only these models; undefined for all. */
  readonly models: readonly string[] | undefined;
  readonly prior: Prior;
  /** The most tasks; undefined for all. */
  readonly limit: number | undefined;
  /** Tasks at once. */
  readonly jobs: number;
}

/** What a bench needs of the world. */
export interface BenchTools extends Omit<ExamineTools, 'executors'> {
  readonly executor: Executor;
  /** Milliseconds that only grow. */
  readonly elapsed: () => number;
  readonly onProgress: (progress: BenchProgress) => void;
}

/** A report with what came of each panel. */
export interface BenchOutcome {
  readonly report: BenchReport;
  readonly details: readonly BenchDetail[];
}

/**
 * Runs every rule on the same recorded candidates. First all tasks are examined, then the rules choose, since a
 * learned strength comes from the other tasks. A cancelled bench reports the tasks that were done.
 */
export async function bench(
  pool: Pool,
  options: BenchOptions,
  tools: BenchTools,
): Promise<BenchOutcome> {
  const startMs = tools.elapsed();
  const tasks = chosenTasks(pool, options);
  const counted = new CountingExecutor(tools.executor);
  const examined = await examineAll(tasks, options, { ...tools, counted });
  const panels = examined.flat();
  const strengths = strengthsFor(options.prior, panels);
  const chosen = panels.map((panel): ChosenPanel => {
    const detail = choose(panel, strengths(panel.task.id));
    return { panel, detail };
  });
  const details = chosen.map(({ detail }) => detail);
  const hasAny = (read: (detail: BenchDetail) => number): number =>
    new Set(details.filter((detail) => read(detail) > 0).map(({ task }) => task)).size;
  const status = await tools.executor.available();
  const report: BenchReport = {
    rows: rowsOf(chosen, options.seed),
    tasks: new Set(details.map(({ task }) => task)).size,
    panels: panels.length,
    candidates: panels.reduce(
      (sum, { models, without }) => sum + models.length + without.length,
      0,
    ),
    programs: counted.programs,
    calls: counted.calls,
    seconds: (tools.elapsed() - startMs) / 1000,
    tasks_with_examples: hasAny(({ examples }) => examples),
    tasks_with_inputs: hasAny(({ inputs }) => inputs),
    unscored: panels.flatMap(({ right }) => right).filter((one) => one === null).length,
    interval: 'bootstrap over tasks, 95 %',
    prior: options.prior.kind,
    sandbox:
      status.status === 'ready' ? `${status.sandbox.level} (${status.sandbox.mechanism})` : null,
    bad_lines: pool.badLines,
    is_whole: examined.length === tasks.length,
  };
  return { report, details };
}

/** The tasks to measure, each with the answers of the wanted models only. */
function chosenTasks({ tasks }: Pool, { models, limit }: BenchOptions): readonly PoolTask[] {
  const wanted = models && new Set(models);
  const narrowed = tasks.flatMap((task): readonly PoolTask[] => {
    const samples = task.samples.filter(({ model }) => wanted?.has(model) ?? true);
    return samples.length > 0 ? [{ ...task, samples }] : [];
  });
  return narrowed.slice(0, limit);
}

interface Work extends BenchTools {
  readonly counted: CountingExecutor;
}

async function examineAll(
  tasks: readonly PoolTask[],
  options: BenchOptions,
  work: Work,
): Promise<readonly (readonly ExaminedPanel[])[]> {
  const { counted, signal, onProgress } = work;
  const turns = limitOf(options.jobs);
  let done = 0;
  const examined = await Promise.all(
    tasks.map(async (task) => {
      const leave = await turns.enter(signal);
      if (!leave) return undefined;
      try {
        const panels = await examineTask(task, options, { ...work, executors: [counted] });
        if (signal.aborted) return undefined;
        done += 1;
        onProgress({ done, tasks: tasks.length, programs: counted.programs });
        return panels;
      } finally {
        leave();
      }
    }),
  );
  return examined.filter((panels) => panels !== undefined);
}
