import { OrchestratorError } from '../domain/mistake.ts';
import type { Settings } from '../domain/settings.ts';
import { isLoopback, shownRedisUrl } from '../lib/redis-url.ts';
import { engineAddress } from './engine-address.ts';

/**
 * Refuses with `bad-history` a history that the workers of an engine cannot share: a file, unless the engine is on this
 * machine, where the workers are taken to be as well.
 */
export function requireSharedHistory({ engine, history }: Settings): void {
  if (engine.url === undefined || history.server) return;
  const address = engineAddress(engine.url);
  if (isLoopback(address)) return;
  throw new OrchestratorError(
    'bad-history',
    `Cannot share the history with the workers of ${shownRedisUrl(address)}: found a file of this machine, wanted PostgreSQL`,
    { hint: 'Use --history postgres://HOST/DATABASE; docs/cluster.md says how' },
  );
}
