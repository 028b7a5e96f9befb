import { Orchestrator, type RunOptions } from './app/orchestrator.ts';
import type { OrchestratorOptions } from './app/orchestrator-options.ts';
import { type ResultJson, resultJson } from './report/json.ts';

/** What version 1 gives back: a plain object with keys in snake_case. */
export type V1Result = ResultJson;

/** What a run of version 1 can be told. */
export type V1Options = Omit<RunOptions, 'signal'>;

/**
 * The orchestrator with the names of version 1, for programs that have not moved to `Orchestrator` yet.
 *
 * @example
 * ```ts
 * const orch = new MultiModelOrchestrator();
 * const result = orch.orchestrate('Build a REST API endpoint', { verbose: true });
 * const code = result.consensus_code;
 * ```
 */
export class MultiModelOrchestrator {
  readonly #orchestrator: Orchestrator;

  /** Throws `bad-configuration` for options that cannot be used. */
  constructor(options: OrchestratorOptions = {}) {
    this.#orchestrator = new Orchestrator(options);
  }

  /** Runs a task and blocks the thread until it ends, as version 1 did. */
  orchestrate(task: string, options: V1Options = {}): V1Result {
    return resultJson(this.#orchestrator.runSync(task, options));
  }
}
