import { OrchestratorError } from '../domain/mistake.ts';
import { redisUrl } from '../lib/redis-url.ts';

/** Reads the address of an engine; throws `bad-engine` for what is none. */
export function engineAddress(text: string): URL {
  const url = redisUrl(text);
  if (url) return url;
  // What is no address may still have a password in it.
  throw new OrchestratorError(
    'bad-engine',
    'Cannot use the engine: its address is not one of Redis, wanted such as redis://HOST:6379 or rediss://HOST:6379',
  );
}
