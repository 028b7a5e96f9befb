import { OrchestratorError } from '../domain/mistake.ts';
import type { Runner } from '../domain/runner.ts';
import { runnerCases } from './runner-cases.ts';
import type { RunnerScenario } from './runner-scenarios.ts';

/** Where the suite registers its cases, and what it leaves out. */
export interface DescribeRunnerOptions {
  /** `describe` of Vitest, of `node:test` or of the like; the global one when left out. */
  readonly describe?: ((title: string, body: () => void) => unknown) | undefined;
  /** `test` of the same; the global one when left out. */
  readonly test?: ((title: string, body: () => Promise<void>) => unknown) | undefined;
  /** Scenarios that cannot happen to this runner; their cases are not registered. */
  readonly without?: readonly RunnerScenario[];
}

/**
 * Registers the cases that every runner must pass. `make` sets up the model behind the runner for a
 * scenario and makes the runner anew for each case. Throws `bad-usage` when there is no `describe` and
 * `test` to register with.
 *
 * @example
 * ```ts
 * import { describe, test } from 'node:test';
 * describeRunner('my-model', (scenario) => new MyRunner(fakeServer(scenario)), { describe, test });
 * ```
 */
export function describeRunner(
  name: string,
  make: (scenario: RunnerScenario) => Runner | Promise<Runner>,
  options: DescribeRunnerOptions = {},
): void {
  // What a test runner puts on the global object has no type here.
  const globals = globalThis as Pick<DescribeRunnerOptions, 'describe' | 'test'>;
  const { describe = globals.describe, test = globals.test, without = [] } = options;
  if (!describe || !test) {
    throw new OrchestratorError(
      'bad-usage',
      `Cannot register the cases of "${name}": there is no global describe and test; those of Vitest or node:test are wanted in the options`,
    );
  }
  describe(`runner ${name}`, () => {
    for (const { title, scenario, check } of runnerCases) {
      if (!without.includes(scenario)) test(title, async () => check(await make(scenario)));
    }
  });
}
