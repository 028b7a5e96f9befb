import type { Runner } from '../domain/runner.ts';
import { type RegisterOptions, registerCases } from './register-cases.ts';
import { runnerCases } from './runner-cases.ts';
import type { RunnerScenario } from './runner-scenarios.ts';

/** Where the suite registers its cases, and what it leaves out. */
export interface DescribeRunnerOptions extends RegisterOptions {
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
  { without = [], ...options }: DescribeRunnerOptions = {},
): void {
  const cases = runnerCases.filter(({ scenario }) => !without.includes(scenario));
  registerCases({ kind: 'runner', name, cases }, options, async ({ check, scenario }) =>
    check(await make(scenario)),
  );
}
