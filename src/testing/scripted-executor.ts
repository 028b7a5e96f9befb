import type { Executor, Observation } from '../domain/executor.ts';
import type { SandboxFacts } from '../domain/sandbox-facts.ts';
import type { Call } from '../domain/test-case.ts';
import type { Value } from '../domain/value.ts';

/** What a program does when it is called. */
export type ScriptedProgram = (code: string, call: Call) => Observation;

/** An executor that runs nothing, and remembers what it was asked. */
export interface ScriptedExecutor extends Executor {
  /** How many programs it was given. */
  readonly jobs: number;
}

/** What a scripted executor can be told besides what programs do. */
export interface ScriptedExecutorOptions {
  readonly languages?: readonly string[];
  /** Why it cannot run; it can where this is left out. */
  readonly unavailable?: string;
}

/** The sandbox that a scripted executor says it runs in. */
export const scriptedSandbox: SandboxFacts = {
  level: 'kernel',
  mechanism: 'scripted',
  promisesNot: [],
};

/** Makes an executor of Python, unless said otherwise, whose programs do what the script says. */
export function scriptedExecutor(
  script: ScriptedProgram,
  { languages = ['python'], unavailable }: ScriptedExecutorOptions = {},
): ScriptedExecutor {
  let jobs = 0;
  return {
    languages,
    get jobs() {
      return jobs;
    },
    available: async (language) =>
      unavailable === undefined && languages.includes(language ?? languages[0] ?? '')
        ? { status: 'ready', sandbox: scriptedSandbox }
        : { status: 'unavailable', because: unavailable ?? 'no toolchain', remedy: 'Install one' },
    observe: async ({ program, calls }, signal) => {
      jobs += 1;
      if (signal.aborted) return calls.map(() => ({ kind: 'not-run', because: 'cancelled' }));
      return calls.map((call) => script(program.files[0].text, call));
    },
    evaluate: async ({ expressions }) => expressions.map(() => undefined),
    close: async () => undefined,
  };
}

/** The observation of a call that returned a value and did nothing else. */
export function returned(value: Value): Observation {
  return { kind: 'returned', value, printed: '', changed: [] };
}

/** The observation of a call that ended in an error. */
export function raised(error: string): Observation {
  return { kind: 'raised', error, message: '', printed: '' };
}
