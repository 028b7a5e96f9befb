import { ask } from '../ask/ask.ts';
import { primaryPrompt } from '../ask/primary-prompt.ts';
import type { PoolTask } from '../bench/pool.ts';
import { readPool } from '../bench/read-pool.ts';
import { dataFolder } from '../config/places.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Settings } from '../domain/settings.ts';
import type { Task } from '../domain/task.ts';
import { openHistory } from './open-history.ts';
import { openLimits } from './open-limits.ts';
import { realClock } from './real-clock.ts';
import { type RunnerPool, runnerPool } from './runner-pool.ts';

/** Whom to ask what. */
export interface AskPoolRequest {
  /** Files with tasks. */
  readonly pools: readonly string[];
  /** A pool of answers that are not asked for again; undefined where there is none. */
  readonly kept: string | undefined;
  /** Runners by name; undefined for all that can be asked here. */
  readonly models: readonly string[] | undefined;
  /** The most tasks; undefined for all. */
  readonly limit: number | undefined;
}

/** What asking needs of the world. */
export interface AskPoolPlace {
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Takes each answer as it arrives, as a line of a pool; resolves when the line is kept. */
  readonly keep: (line: string) => Promise<void>;
  readonly onFailure: (model: string, taskId: string, failure: AttemptFailure) => void;
}

/** How many questions there were, how many were answered, and how many had been answered before. */
export interface AskedPool {
  readonly asked: number;
  readonly answered: number;
  readonly known: number;
}

/**
 * Asks every runner every task and gives each whole answer to `keep`; a failed attempt is told and leaves no line.
 * Throws `unknown-model` for a name without a runner, and `no-answer` where nobody can be asked.
 */
export async function askPool(request: AskPoolRequest, place: AskPoolPlace): Promise<AskedPool> {
  const { settings, env } = place;
  const tasks = (await readPool(request.pools)).tasks.slice(0, request.limit);
  const known = await answeredBefore(request.kept);
  const history = openHistory(settings.history, { env });
  const limits = openLimits(settings, { env, history });
  const tools = { env, clock: realClock, dataFolder: dataFolder(env), limits };
  const runners = runnerPool(settings, tools, {});
  const models = await modelsToAsk(request.models, runners);
  const all = tasks.flatMap((task) => models.map((model) => ({ task, model, runners })));
  const questions = all.filter(({ task, model }) => !known.has(nameOf(task.id, model)));
  const answers = await Promise.all(questions.map((question) => askOne(question, place)));
  return {
    asked: questions.length,
    answered: answers.filter(Boolean).length,
    known: all.length - questions.length,
  };
}

async function answeredBefore(kept: string | undefined): Promise<ReadonlySet<string>> {
  if (kept === undefined) return new Set();
  const { tasks } = await readPool([kept]);
  return new Set(tasks.flatMap(({ id, samples }) => samples.map(({ model }) => nameOf(id, model))));
}

function nameOf(taskId: string, model: string): string {
  return JSON.stringify([taskId, model]);
}

async function modelsToAsk(
  wanted: readonly string[] | undefined,
  runners: RunnerPool,
): Promise<readonly string[]> {
  const availability = await runners.availability(wanted ?? []);
  const unknown = wanted?.find((name) => !availability.has(name));
  if (unknown !== undefined) {
    const known = [...availability.keys()].join(', ');
    throw new OrchestratorError(
      'unknown-model',
      `Cannot ask "${unknown}": known runners are ${known}`,
    );
  }
  const ready = [...availability].flatMap(([name, { status }]) =>
    status === 'available' ? [name] : [],
  );
  const models = wanted?.filter((name) => ready.includes(name)) ?? ready;
  if (models.length > 0) return models;
  throw new OrchestratorError('no-answer', 'Cannot ask anybody: no runner is available here', {
    hint: 'See orchestrator models',
  });
}

interface Question {
  readonly task: PoolTask;
  readonly model: string;
  readonly runners: RunnerPool;
}

async function askOne({ task, model, runners }: Question, place: AskPoolPlace): Promise<boolean> {
  const { signal, keep, onFailure } = place;
  const seat = { id: `${model} on ${task.id}`, role: 'primary', runner: model } as const;
  const attempt = await ask(seat, primaryPrompt(taskOf(task)), {
    asking: (name) => runners.asking(name),
    clock: realClock,
    random: Math.random,
    signal,
    runEndsAtMs: Number.POSITIVE_INFINITY,
    emit: () => undefined,
  });
  if (attempt.status === 'failed') {
    onFailure(model, task.id, attempt.failure);
    return false;
  }
  await keep(lineOf(task, { model, raw_output: attempt.text, duration_ms: attempt.durationMs }));
  return true;
}

function taskOf({ prompt }: PoolTask): Task {
  return {
    text: prompt,
    context: [],
    mode: 'simple',
    models: undefined,
    validators: undefined,
    strict: true,
  };
}

function lineOf(task: PoolTask, answer: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    task_id: task.id,
    language: task.language,
    prompt: task.prompt,
    entry_point: task.entryPoint,
    tests: task.hiddenTests,
    visible_tests: task.visibleTests,
    generated_tests: task.generatedTests,
    sample_index: 0,
    ...answer,
  });
}
