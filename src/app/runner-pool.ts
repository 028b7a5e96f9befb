import type { Asking } from '../ask/ask.ts';
import type { Availability } from '../domain/availability.ts';
import type { Runner } from '../domain/runner.ts';
import type { RunnerTools } from '../domain/runner-settings.ts';
import type { Limits, Settings } from '../domain/settings.ts';
import { type Limit, limit } from '../lib/limit.ts';
import { makeRunner } from '../runners/all.ts';

/** The runners of one set of settings, each with its queue. */
export interface RunnerPool {
  /** Every runner's name, in the order of the settings. */
  readonly names: readonly string[];
  runner(name: string): Promise<Runner>;
  /** Looks which runners can be asked here, asking no model. */
  availability(): Promise<ReadonlyMap<string, Availability>>;
  /** How a runner is asked; the limits given for one run are stronger than the runner's own. */
  asking(name: string, given?: Partial<Limits>): Promise<Asking>;
}

/** Makes the pool. Runners given from outside take the place of those that the settings declare. */
export function runnerPool(
  settings: Settings,
  tools: RunnerTools,
  given: Readonly<Record<string, Runner>>,
): RunnerPool {
  const names = [...new Set([...Object.keys(settings.runners), ...Object.keys(given)])];
  const loading = new Map<string, Promise<Runner>>();
  const queues = new Map<string, Limit>();

  const load = async (name: string): Promise<Runner> => {
    const declared = settings.runners[name];
    const runner = given[name] ?? (declared && (await makeRunner(name, declared, tools)));
    if (!runner) throw new TypeError(`no runner is named ${name}`);
    return runner;
  };
  const runnerNamed = (name: string): Promise<Runner> => {
    const known = loading.get(name) ?? load(name);
    loading.set(name, known);
    return known;
  };
  const queueOf = (name: string): Limit => {
    const most = settings.runners[name]?.concurrency ?? Number.POSITIVE_INFINITY;
    const known = queues.get(name) ?? limit(most);
    queues.set(name, known);
    return known;
  };
  return {
    names,
    runner: runnerNamed,
    availability: async () => {
      const entries = names.map(
        async (name) => [name, await (await runnerNamed(name)).available()] as const,
      );
      return new Map(await Promise.all(entries));
    },
    asking: async (name, limits = {}) => {
      const own = settings.runners[name];
      const usual = settings.limits;
      return {
        runner: await runnerNamed(name),
        queue: queueOf(name),
        timeoutMs: limits.timeoutMs ?? own?.timeoutMs ?? usual.timeoutMs,
        stallMs: limits.stallMs ?? own?.stallMs ?? usual.stallMs,
        retries: limits.retries ?? own?.retries ?? usual.retries,
        price: own?.price,
      };
    },
  };
}
