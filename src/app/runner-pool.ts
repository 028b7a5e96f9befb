import type { Asking } from '../ask/ask.ts';
import type { Availability } from '../domain/availability.ts';
import { type LocalServers, localServerNamed } from '../domain/local-server.ts';
import type { Runner } from '../domain/runner.ts';
import type { RunnerTools } from '../domain/runner-settings.ts';
import type { Limits, Settings } from '../domain/settings.ts';
import { admitInTurn } from '../limits/admit-in-turn.ts';
import { queueAdmission } from '../limits/queue-admission.ts';
import { makeRunner } from '../runners/all.ts';
import { keptAnswers } from './kept-answers.ts';
import type { OpenLimits } from './open-limits.ts';
import { priceOf } from './price-of.ts';
import { runnerQueues } from './runner-queues.ts';

/** A model server that runs on this machine. */
export interface FoundServer {
  readonly name: string;
  /** Its base URL. */
  readonly where: string;
  readonly models: readonly string[];
}

/** The runners of one set of settings, each with its queue. */
export interface RunnerPool {
  /** Every runner's name, in the order of the settings. */
  readonly names: readonly string[];
  /** Opens what answers are recorded to or played from. Rejects with `unreadable-file`. */
  open(): Promise<void>;
  /** Makes a runner, or the one of a local server. */
  runner(name: string): Promise<Runner>;
  /** Looks for the local servers whose names no runner has. */
  localServers(): Promise<readonly FoundServer[]>;
  /** Looks which runners, and which of the named local servers, can be asked here, asking no model. */
  availability(named?: readonly string[]): Promise<ReadonlyMap<string, Availability>>;
  /** How a runner is asked; the limits given for one run are stronger than the runner's own. */
  asking(name: string, given?: Partial<Limits>): Promise<Asking>;
}

/** What a pool works with. */
export interface PoolTools extends RunnerTools {
  readonly limits: Pick<OpenLimits, 'admissionOf'>;
}

/** Makes the pool. Runners given from outside take the place of those that the settings declare. */
export function runnerPool(
  settings: Settings,
  tools: PoolTools,
  given: Readonly<Record<string, Runner>>,
): RunnerPool {
  const names = [...new Set([...Object.keys(settings.runners), ...Object.keys(given)])];
  const loading = new Map<string, Promise<Runner>>();
  const queueOf = runnerQueues(settings);
  const kept = keptAnswers(settings, tools);

  const load = async (name: string): Promise<Runner> => {
    const declared = settings.runners[name];
    const runner = given[name] ?? (declared && (await makeRunner(name, declared, tools)));
    if (runner) return runner;
    const server = localServerNamed(name, settings.localServers);
    if (server) return (await loadLocal()).localServer(name, server, tools);
    throw new TypeError(`no runner is named ${name}`);
  };
  const runnerNamed = (name: string): Promise<Runner> => {
    const known = loading.get(name) ?? kept.runner(name, () => load(name));
    loading.set(name, known);
    return known;
  };
  const unclaimed = (): LocalServers =>
    Object.fromEntries(
      Object.entries(settings.localServers).filter(([name]) => !names.includes(name)),
    );
  return {
    names,
    open: kept.open,
    runner: runnerNamed,
    localServers: () => lookAround(unclaimed(), tools),
    availability: async (named = []) => {
      const servers = named.filter((name) => localServerNamed(name, unclaimed()));
      const entries = [...new Set([...names, ...servers])].map(
        async (name) => [name, await (await runnerNamed(name)).available()] as const,
      );
      return new Map(await Promise.all(entries));
    },
    asking: async (name, limits = {}) => {
      const own = settings.runners[name];
      const usual = settings.limits;
      return {
        runner: await runnerNamed(name),
        ...(await kept.asking(name)),
        admission: admitInTurn([
          queueAdmission(queueOf(name)),
          await tools.limits.admissionOf(name),
        ]),
        timeoutMs: limits.timeoutMs ?? own?.timeoutMs ?? usual.timeoutMs,
        stallMs: limits.stallMs ?? own?.stallMs ?? usual.stallMs,
        retries: limits.retries ?? own?.retries ?? usual.retries,
        price: given[name] ? own?.price : priceOf(name, settings),
        maxOutputTokens: own?.maxOutputTokens,
      };
    },
  };
}

async function lookAround(
  servers: LocalServers,
  { clock }: RunnerTools,
): Promise<readonly FoundServer[]> {
  const { listModels, localUrl } = await import('../runners/openai-compatible/list-models.ts');
  const looks = Object.entries(servers).map(async ([name, port]) => {
    const listing = await listModels(port, clock);
    if (listing.status !== 'found') return [];
    return [{ name, where: localUrl(port), models: listing.models }];
  });
  return (await Promise.all(looks)).flat();
}

/** Most runs need no local server, and do not wait for its code. */
function loadLocal() {
  return import('../runners/openai-compatible/local-server.ts');
}
