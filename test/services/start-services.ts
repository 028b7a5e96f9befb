import type { TestProject } from 'vitest/node';
import { type PostgresAddress, postgresServer } from './postgres-server.ts';
import { redisServer } from './redis-server.ts';

/** A server that tests can use, or why there is none. */
export type Service<Address> =
  | { readonly status: 'running'; readonly address: Address }
  | { readonly status: 'missing'; readonly because: string };

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: Service<PostgresAddress>;
    /** The URL. */
    readonly redis: Service<string>;
  }
}

/** Starts the servers that the tests of this project share, and ends them with the tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = new AsyncDisposableStack();
  const postgres = await postgresServer();
  if (typeof postgres !== 'string') servers.use(postgres);
  project.provide(
    'postgres',
    serviceOf('PostgreSQL', postgres, (server) => server.address),
  );
  const redis = await redisServer();
  if (typeof redis !== 'string') servers.use(redis);
  project.provide(
    'redis',
    serviceOf('Redis', redis, (server) => server.url),
  );
  return () => servers.disposeAsync();
}

function serviceOf<Server extends object, Address>(
  name: string,
  found: Server | string,
  addressOf: (server: Server) => Address,
): Service<Address> {
  if (typeof found !== 'string') return { status: 'running', address: addressOf(found) };
  process.stderr.write(`The tests with ${name} are skipped: ${found}\n`);
  return { status: 'missing', because: found };
}
