import { type App, openApp } from '../src/app/app.ts';
import { realClock } from '../src/app/real-clock.ts';
import { primaryPrompt } from '../src/ask/primary-prompt.ts';
import { builtInSettings } from '../src/config/defaults.ts';
import { readEnvironment } from '../src/config/environment.ts';
import type { Runner } from '../src/domain/runner.ts';
import type { RunnerSettings } from '../src/domain/runner-settings.ts';
import type { Task } from '../src/domain/task.ts';
import { openAiCompatible } from '../src/runners/openai-compatible/openai-compatible.ts';

/** A way to ask four models the same. */
export interface Fan {
  /** Asks the models in a folder of the server; resolves when all four have answered. */
  ask(folder: string): Promise<void>;
  close(): Promise<void>;
}

/** The names of the models that are asked. */
export const models: readonly string[] = ['a', 'b', 'c', 'd'];

const task: Task = {
  text: 'Write a function `add(a, b)` that adds two numbers.\n\n>>> add(2, 3)\n5\n',
  context: [],
  mode: 'medium',
  models,
  validators: [],
  strict: false,
};

/** The client alone, and whole runs of the library on it: with nothing kept, kept, and kept with code that is run. */
export async function fans(
  origin: string,
  path: string,
): Promise<Readonly<Record<'raw' | 'unkept' | 'kept' | 'executed', Fan>>> {
  return {
    raw: rawFan(origin),
    unkept: runFan(origin, undefined),
    kept: runFan(origin, path),
    executed: runFan(origin, path),
  };
}

function rawFan(origin: string): Fan {
  const runners = new Map<string, readonly Runner[]>();
  const prompt = primaryPrompt(task);
  return {
    ask: async (folder) => {
      const four =
        runners.get(folder) ??
        models.map((model) =>
          openAiCompatible(model, settingsOf(origin, folder, model), { env: {}, clock: realClock }),
        );
      runners.set(folder, four);
      const { signal } = new AbortController();
      const outcomes = await Promise.all(
        four.map((runner) =>
          runner.ask(prompt, { signal, limitMs: 60_000, report: () => undefined }),
        ),
      );
      if (outcomes.some(({ status }) => status !== 'answered')) throw new Error('no answer');
    },
    close: async () => undefined,
  };
}

function runFan(origin: string, path: string | undefined): Fan {
  const apps = new Map<string, App>();
  const open = (folder: string): App =>
    openApp(
      {
        ...builtInSettings,
        runners: Object.fromEntries(
          models.map((model) => [model, settingsOf(origin, folder, model)]),
        ),
        localServers: {},
        history: { keep: path !== undefined, path, retentionDays: undefined },
      },
      { env: readEnvironment() },
    );
  return {
    ask: async (folder) => {
      const app = apps.get(folder) ?? open(folder);
      apps.set(folder, app);
      const { status } = await app.run(task);
      if (status !== 'complete') throw new Error(`the run is ${status}`);
    },
    close: async () => {
      for (const app of apps.values()) await app.close();
    },
  };
}

/** The settings of a model that answers as a folder of the server says. */
export function settingsOf(
  origin: string,
  folder: string,
  model: string,
): Extract<RunnerSettings, { readonly type: 'openai-compatible' }> {
  return {
    type: 'openai-compatible',
    baseUrl: `${origin}/${folder}/v1`,
    model,
    apiKeyEnv: undefined,
    headers: {},
    maxOutputTokens: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
  };
}
