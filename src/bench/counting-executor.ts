import type {
  Executor,
  ExecutorStatus,
  Observation,
  ObserveJob,
  SourceExpressions,
} from '../domain/executor.ts';
import type { Value } from '../domain/value.ts';

/** Counts what another executor is given. */
export class CountingExecutor implements Executor {
  readonly #executor: Executor;
  #calls = 0;
  readonly #programs = new Set<ObserveJob['program']['files']>();

  constructor(executor: Executor) {
    this.#executor = executor;
  }

  /** Different programs so far. */
  get programs(): number {
    return this.#programs.size;
  }

  get calls(): number {
    return this.#calls;
  }

  get languages(): readonly string[] {
    return this.#executor.languages;
  }

  available(language?: string): Promise<ExecutorStatus> {
    return this.#executor.available(language);
  }

  observe(job: ObserveJob, signal: AbortSignal): Promise<readonly Observation[]> {
    this.#calls += job.calls.length;
    this.#programs.add(job.program.files);
    return this.#executor.observe(job, signal);
  }

  evaluate(
    source: SourceExpressions,
    signal: AbortSignal,
  ): Promise<readonly (Value | undefined)[]> {
    return this.#executor.evaluate(source, signal);
  }

  close(): Promise<void> {
    return this.#executor.close();
  }
}
