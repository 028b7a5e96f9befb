import { availableParallelism } from 'node:os';
import type {
  Executor,
  ExecutorStatus,
  Observation,
  ObserveJob,
  SourceExpressions,
} from '../domain/executor.ts';
import type { Sandbox, SandboxChoice } from '../domain/sandbox.ts';
import type { Call } from '../domain/test-case.ts';
import type { Value } from '../domain/value.ts';
import type { Environment } from '../lib/find-program.ts';
import type { RuntimeParts } from '../sandbox/runtime/runtime-parts.ts';
import { languageRows } from './all.ts';
import { defaultExecutionLimits, type ExecutionLimits } from './execution-limits.ts';
import type { Language } from './language.ts';
import { observeInRounds } from './observe-in-rounds.ts';
import { Turns } from './turns.ts';

/** What an executor is given of the world. */
export interface ExecutorPlace {
  /** Chooses what programs run in, once, when it is needed first. */
  readonly sandbox: () => Promise<SandboxChoice>;
  /** Where interpreters are looked for. */
  readonly env: Environment;
  /** Finds what there is to run with where Deno confines; nothing by default. */
  readonly runtime?: (() => Promise<RuntimeParts>) | undefined;
  readonly limits?: Partial<ExecutionLimits> | undefined;
  /** Processes at once; one for each core by default, since more would make calls time out. */
  readonly atOnce?: number | undefined;
}

/** Opens the executor of all languages that can be run here. It starts nothing before it is used. */
export function openExecutor(place: ExecutorPlace): Executor {
  return new AllLanguages(place);
}

/** Something to run with, or why there is nothing. */
type Found =
  | { readonly status: 'found'; readonly language: Language; readonly sandbox: Sandbox }
  | Extract<ExecutorStatus, { status: 'unavailable' }>;

class AllLanguages implements Executor {
  readonly languages: readonly string[] = languageRows.flatMap(({ languages }) => languages);
  readonly #place: ExecutorPlace;
  readonly #limits: ExecutionLimits;
  readonly #turns: Turns;
  readonly #open = new Map<number, Language>();
  #choice: Promise<SandboxChoice> | undefined;

  constructor(place: ExecutorPlace) {
    this.#place = place;
    this.#limits = { ...defaultExecutionLimits, ...place.limits };
    this.#turns = new Turns(place.atOnce ?? availableParallelism());
  }

  async available(language?: string): Promise<ExecutorStatus> {
    const choice = await this.#chosen();
    if (choice.status === 'refused') return refusal(choice);
    const found = language === undefined ? undefined : await this.#find(language);
    if (found?.status === 'unavailable') return found;
    const { level, mechanism, promisesNot } = choice.sandbox;
    return { status: 'ready', sandbox: { level, mechanism, promisesNot } };
  }

  async observe(
    { program, calls }: ObserveJob,
    signal: AbortSignal,
  ): Promise<readonly Observation[]> {
    const found = await this.#find(program.language);
    if (found.status === 'unavailable') return calls.map(() => notRun(found));
    return observeInRounds(
      calls,
      async ({ alone, ...round }) => {
        const release = await this.#turns.take(signal, { alone });
        try {
          return release && (await found.language.run({ program, ...round }, signal));
        } finally {
          release?.();
        }
      },
      this.#limits,
    );
  }

  async evaluate(
    { language, expressions }: SourceExpressions,
    signal: AbortSignal,
  ): Promise<readonly (Value | undefined)[]> {
    const calls = expressions.map(
      (expression): Call => ({ kind: 'script', statements: '', expression }),
    );
    const program = { language, files: [{ path: null, language, text: '' }] } as const;
    const observations = await this.observe({ program, calls }, signal);
    return observations.map((each) => (each.kind === 'returned' ? each.value : undefined));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((language) => language.close()));
  }

  #chosen(): Promise<SandboxChoice> {
    this.#choice ??= this.#place.sandbox();
    return this.#choice;
  }

  async #find(language: string): Promise<Found> {
    const choice = await this.#chosen();
    if (choice.status === 'refused') return refusal(choice);
    const index = languageRows.findIndex(({ languages }) => languages.includes(language));
    const row = languageRows[index];
    if (!row) return unknownLanguage(language, this.languages);
    const { sandbox } = choice;
    const { env, runtime = noRuntime } = this.#place;
    const opened =
      this.#open.get(index) ?? row.open({ sandbox, env, runtime, limits: this.#limits });
    this.#open.set(index, opened);
    const missing = await opened.missing();
    return missing
      ? { status: 'unavailable', ...missing }
      : { status: 'found', language: opened, sandbox };
  }
}

async function noRuntime(): Promise<RuntimeParts> {
  return { deno: undefined, python: undefined };
}

function refusal({
  floor,
  rows,
}: Extract<SandboxChoice, { status: 'refused' }>): Extract<Found, { status: 'unavailable' }> {
  const found = rows.flatMap((row) =>
    row.status === 'missing' ? [`${row.level}: ${row.found}`] : [],
  );
  return {
    status: 'unavailable',
    because: `there is no sandbox of the level ${floor} or stronger (${found.join('; ')})`,
    remedy:
      'See "orchestrator sandbox" for each level, or get one by "orchestrator sandbox install"',
  };
}

function unknownLanguage(
  language: string,
  known: readonly string[],
): Extract<Found, { status: 'unavailable' }> {
  return {
    status: 'unavailable',
    because: `${language} cannot be run, only ${known.join(', ')} can`,
    remedy: `Ask for the answer in ${known.join(', ')}`,
  };
}

function notRun({ because, remedy }: Extract<Found, { status: 'unavailable' }>): Observation {
  return { kind: 'not-run', because: `${because}. ${remedy}` };
}
