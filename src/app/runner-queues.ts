import { type LocalServers, localServerNamed } from '../domain/local-server.ts';
import type { RunnerSettings } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';
import { type Limit, limit } from '../lib/limit.ts';

/** Requests at once to a model on this machine where nothing is said: more of them make each slower. */
const localConcurrency = 1;

/** The place of the models that this program runs itself. */
const embedded = 'this program';

/** Gives each runner its queue; runners that share a server of this machine, or its processors, share one. */
export function runnerQueues({ runners, localServers }: Settings): (name: string) => Limit {
  const queues = new Map<string, Limit>();
  return (name) => {
    const place = placeOf(name, runners, localServers);
    const key = place ?? `runner ${name}`;
    const stated = statedConcurrency(name, { runners, localServers });
    const most = place === undefined ? stated : (stated ?? localConcurrency);
    const known = queues.get(key) ?? limit(most ?? Number.POSITIVE_INFINITY);
    queues.set(key, known);
    return known;
  };
}

/** How many requests at once a runner is said to bear: the lowest number of those that share its place. */
export function statedConcurrency(
  name: string,
  { runners, localServers }: Pick<Settings, 'runners' | 'localServers'>,
): number | undefined {
  const place = placeOf(name, runners, localServers);
  if (place === undefined) return runners[name]?.concurrency;
  if (place === embedded) return undefined;
  const stated = Object.entries(runners)
    .filter(([other]) => placeOf(other, runners, localServers) === place)
    .flatMap(([, { concurrency }]) => (concurrency === undefined ? [] : [concurrency]));
  return stated.length === 0 ? undefined : Math.min(...stated);
}

/** What several runners wait for together; undefined for a runner that waits for nobody else. */
function placeOf(
  name: string,
  runners: Readonly<Record<string, RunnerSettings>>,
  localServers: LocalServers,
): string | undefined {
  const settings = runners[name];
  // A gateway or a cluster on this machine is no slower for being asked at once: who declares it says so.
  if (settings?.type === 'openai-compatible') {
    return settings.concurrency === undefined ? undefined : localAddress(settings.baseUrl);
  }
  // Each would use all of the processors.
  if (settings?.type === 'local') return embedded;
  if (settings) return undefined;
  const found = localServerNamed(name, localServers);
  return found && `127.0.0.1:${found.port}`;
}

/** The address of a server on this machine, however it is spelled; undefined for any other. */
export function localAddress(baseUrl: string): string | undefined {
  const url = URL.parse(baseUrl);
  if (!url) return undefined;
  const { hostname, port, protocol } = url;
  if (!/^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(hostname)) return undefined;
  return `127.0.0.1:${port || (protocol === 'https:' ? 443 : 80)}`;
}
