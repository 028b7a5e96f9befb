import { builtInRunners, builtInSettings } from '../config/defaults.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Mode } from '../domain/mode.ts';
import type { ReplaySettings } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';
import { packageFile } from '../lib/package-file.ts';
import { readRecordings } from '../runners/replay/recordings.ts';

/** A task that the demo can play. */
export interface DemoTask {
  readonly id: string;
  readonly title: string;
  /** What the models were asked, word for word. */
  readonly text: string;
  readonly mode: Mode;
  /** What a person can see by it, in one sentence. */
  readonly shows: string;
}

/** Milliseconds for one seat: long enough for every recorded answer on a busy machine, short enough to wait for the silent one. */
const timeoutMs = 4000;

/** The settings of the demo: the built-in routes, with every model replaced by its recordings, so that nobody is asked. */
export function demoSettings(base: Settings): Settings {
  return {
    ...builtInSettings,
    runners: Object.fromEntries(builtInRunners.map((name) => [name, replaySettings(name)])),
    limits: { ...base.limits, timeoutMs },
    // Nobody looks for a recording among the runs that were paid for.
    history: { ...base.history, keep: false },
  };
}

/** The tasks that have recordings, in the order in which they are shown. Throws when the package is damaged. */
export function demoTasks(): readonly DemoTask[] {
  const { tasks } = readRecordings(recordingsPath());
  return tasks.map(({ id, title, text, mode, shows }) => ({ id, title, text, mode, shows }));
}

/** Finds a task by its id or its exact text. Throws `no-recording` for any other. */
export function findDemoTask(query: string): DemoTask {
  const tasks = demoTasks();
  const wanted = query.trim();
  const found = tasks.find(({ id, text }) => id === wanted || text === wanted);
  if (found) return found;
  const known = tasks.map(({ id }) => id).join(', ');
  throw new OrchestratorError(
    'no-recording',
    `Cannot replay "${shortened(wanted)}": the demo only has recordings of ${known}`,
    {
      hint: 'To ask real models, install and sign in to one of claude, codex, gemini or grok, set a key such as GROK_API_KEY, or configure a local server with the runner type "openai-compatible"; then leave out "demo"',
    },
  );
}

function recordingsPath(): string {
  return packageFile('recordings/demo.json');
}

function replaySettings(name: string): ReplaySettings {
  return {
    type: 'replay',
    path: recordingsPath(),
    as: name,
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
  };
}

/** Characters of a task that a message repeats. */
const shownMaxLength = 60;

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= shownMaxLength ? line : `${line.slice(0, shownMaxLength - 1)}…`;
}
