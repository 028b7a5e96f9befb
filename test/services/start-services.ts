import type { TestProject } from 'vitest/node';
import { type PostgresAddress, postgresServer } from './postgres-server.ts';

/** A server that tests can use, or why there is none. */
export type Service<Address> =
  | { readonly status: 'running'; readonly address: Address }
  | { readonly status: 'missing'; readonly because: string };

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgres: Service<PostgresAddress>;
  }
}

/** Starts the servers that the tests of this project share, and ends them with the tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await postgresServer();
  if (typeof postgres === 'string') {
    process.stderr.write(`The tests with PostgreSQL are skipped: ${postgres}\n`);
    project.provide('postgres', { status: 'missing', because: postgres });
    return async () => undefined;
  }
  project.provide('postgres', { status: 'running', address: postgres.address });
  return async () => postgres[Symbol.asyncDispose]();
}
