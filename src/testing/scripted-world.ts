import type { Availability } from '../domain/availability.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Executor } from '../domain/executor.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Task } from '../domain/task.ts';
import type { AnswerChecker } from '../domain/verdict.ts';
import { memoryHistory } from '../history/memory-history.ts';
import { limit } from '../lib/limit.ts';
import { queueAdmission } from '../limits/queue-admission.ts';
import { extractOnce } from '../run/extract-once.ts';
import { fold, statusOf } from '../run/fold.ts';
import { run, type Tools } from '../run/run.ts';
import { stepsOf } from '../run/step.ts';
import { type Script, type ScriptedRunner, scriptedRunner } from './scripted-runner.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

/** What a scripted world is made of. */
export interface WorldOptions {
  readonly task: Task;
  /** What runs code; nothing does where this is left out. */
  readonly executors?: readonly Executor[];
  readonly answerCheckers?: readonly AnswerChecker[];
  readonly primaries?: readonly string[] | undefined;
  readonly validators?: readonly string[];
  /** By the runner's name. */
  readonly families?: Readonly<Record<string, string>>;
}

/** Runs of one task with scripted runners, on a clock that runs by itself. */
export interface ScriptedWorld {
  readonly clock: VirtualClock;
  /** Runs the task to its end, going on from `past`; all events. */
  play(past?: readonly StoredEvent[], signal?: AbortSignal): Promise<readonly StoredEvent[]>;
  runnerOf(name: string): ScriptedRunner;
  /** Requests of all runners. */
  asked(): number;
}

/** Makes a world in which `a` and `b` answer, and `v` and `w` validate, each as its script says. */
export function scriptedWorld(
  scripts: Readonly<Record<string, Script>>,
  options: WorldOptions,
): ScriptedWorld {
  const { task, answerCheckers = [], executors = [], families = {} } = options;
  const { primaries = ['a', 'b'], validators = ['v', 'w'] } = options;
  const clock = virtualClock({ auto: true });
  const runners = new Map<string, ScriptedRunner>(
    Object.entries(scripts).map(([name, script]) => [
      name,
      scriptedRunner(name, script, { clock }),
    ]),
  );
  const runnerOf = (name: string): ScriptedRunner => {
    const runner = runners.get(name);
    if (!runner) throw new Error(`no script for ${name}`);
    return runner;
  };
  const routes: Awaited<ReturnType<Tools['routes']>> = {
    categories: [{ name: 'general', keywords: [], primaries, validators }],
    modes: {
      simple: { primaries: 1, validators: 0 },
      medium: { primaries: 2, validators: 1 },
      complex: { primaries: primaries.length, validators: 2 },
      architectural: { primaries: 'all', validators: 0 },
    },
    lastResorts: [],
    standingOf: (name) => ({ family: families[name] ?? name, strength: undefined }),
  };
  const tools = (signal: AbortSignal): Tools => ({
    routes: async () => routes,
    availability: async () => availabilityOf(runners),
    extract: extractOnce(),
    checkers: [],
    executors,
    answerCheckers,
    asking: async (name) => ({
      ...patience,
      runner: runnerOf(name),
      admission: queueAdmission(limit(Number.POSITIVE_INFINITY)),
    }),
    clock,
    random: () => 0,
    signal,
    runEndsAtMs: Number.POSITIVE_INFINITY,
    emit: () => undefined,
  });
  return {
    clock,
    runnerOf,
    asked: () => [...runners.values()].reduce((sum, { prompts }) => sum + prompts.length, 0),
    play: async (past = [], signal = new AbortController().signal) => {
      const history = memoryHistory(past);
      if (past.length === 0) await history.append({ type: 'run-started', task });
      const step = stepsOf(history, () => undefined);
      await run(task, step, tools(signal));
      await history.append({ type: 'run-ended', status: statusOf(history.events, signal.aborted) });
      return history.events;
    },
  };
}

const patience = { timeoutMs: 60_000, stallMs: 30_000, retries: 0, price: undefined } as const;

async function availabilityOf(
  runners: ReadonlyMap<string, ScriptedRunner>,
): Promise<ReadonlyMap<string, Availability>> {
  const looks = [...runners].map(
    async ([name, runner]) => [name, await runner.available()] as const,
  );
  return new Map(await Promise.all(looks));
}

/** Folds the events of a finished run. */
export function recordOf(events: readonly StoredEvent[]): RunRecord {
  const record = fold(events, { id: 'r', startedAtMs: 0, durationMs: 1 });
  if (!record) throw new Error('the run did not finish');
  return record;
}
