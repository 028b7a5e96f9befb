import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { PostgresAddress } from './postgres-server.ts';

/** An empty database of the server for tests. */
export interface PostgresDatabase extends AsyncDisposable {
  readonly name: string;
  /** Its address without the password. */
  readonly url: string;
  readonly password: string;
  /** Makes statements there; gives the rows of the last one. */
  query(text: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Resolves when a statement gives a row there. */
  until(text: string): Promise<void>;
}

/** Why tests with PostgreSQL cannot run here; undefined where they can. */
export function noPostgres(): string | undefined {
  const service = inject('postgres');
  return service.status === 'missing' ? service.because : undefined;
}

/** Makes a database, on the server that all tests share unless another is given. */
export async function postgresDatabase(
  address: PostgresAddress = sharedAddress(),
): Promise<PostgresDatabase> {
  const { user, host, port, password } = address;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const query = async (database: string, text: string) => {
    const client = new Client({ ...address, database });
    await client.connect();
    try {
      const result = await client.query(text);
      return [result].flat().at(-1)?.rows ?? [];
    } finally {
      await client.end();
    }
  };
  await query('postgres', `CREATE DATABASE ${name}`);
  return {
    name,
    url: `postgres://${user}@${host}:${port}/${name}`,
    password,
    query: (text) => query(name, text),
    until: async (text) => {
      while ((await query(name, text)).length === 0);
    },
    [Symbol.asyncDispose]: async () => {
      await query('postgres', `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

function sharedAddress(): PostgresAddress {
  const service = inject('postgres');
  if (service.status === 'missing') throw new Error(service.because);
  return service.address;
}
