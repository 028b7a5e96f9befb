import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig, Pool, type PoolClient } from 'pg';
import { historyMistake, isAway, isPutOff } from './history-mistake.ts';
import { migrate } from './migrate.ts';

/** A database, and how to get into it. */
export interface PostgresPlace {
  /** `postgres://user@host:5432/database`, with the parameters of node-postgres. */
  readonly url: string;
  /** Where the address has none; those of PGPASSWORD and of the password file when left out. */
  readonly password?: string | undefined;
}

/** One statement, which is a transaction of its own. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Names it for the server, which plans it once for each connection. */
  readonly name?: string;
  /**
   * Whether it can be made again when the connection broke and nobody knows what came of it. Any statement is made
   * again that was never sent.
   */
  readonly isRepeatable: boolean;
}

/** The database of this program, with its schema as this version has it. */
export interface PostgresDatabase {
  /** Makes a statement and gives its rows; waits for a server that is started again. Rejects with `bad-history`. */
  query<Row>(statement: Statement): Promise<readonly Row[]>;
  /** Opens a connection of its own, which its owner ends. Rejects with what node-postgres says. */
  connect(): Promise<Client>;
  /** Resolves when all connections are closed. */
  close(): Promise<void>;
}

/** How many connections a process has at most. */
const maxConnections = 5;

/** Milliseconds until a server counts as not answering. */
const connectMs = 10_000;

/** Milliseconds for one statement. */
const queryMs = 30_000;

/** Milliseconds between two tries while the server is away. */
const retryMs = 100;

/** How often a statement is tried before the history counts as unusable: for about 25 seconds. */
const maxTries = 250;

/** Milliseconds without traffic after which a connection is tried, so that one to a lost machine is noticed. */
const idleMs = 5_000;

/** A commit waits for the disk also where the server is told not to wait, and a statement sees what others committed. */
const durable = `SELECT set_config('default_transaction_isolation', 'read committed', false),
  CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', false) END`;

/**
 * Connects to a database, and makes or migrates the schema first where it has to be. Rejects with `bad-history` for
 * one that cannot be used; it is left as it is then.
 */
export async function openDatabase(place: PostgresPlace): Promise<PostgresDatabase> {
  const { url } = place;
  const pool = openPool(place);
  try {
    // Whoever opens waits for nothing but a server that is about to be there.
    await again(() => migrateOnce(pool, url), isPutOff);
  } catch (error) {
    await pool.end();
    throw historyMistake(url, error);
  }
  let closing: Promise<void> | undefined;
  return {
    query: async <Row>(statement: Statement) => {
      try {
        // The rows are those of the statement, which this program wrote.
        return (await queryWith(pool, statement)) as readonly Row[];
      } catch (error) {
        throw historyMistake(url, error);
      }
    },
    connect: async () => {
      const client = new Client(configOf(place));
      // What breaks a connection is told to its statements, and by its end.
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

function configOf({ url, password }: PostgresPlace): ClientConfig {
  const target = new URL(url);
  // Beside an address node-postgres takes no other password.
  if (password !== undefined) target.searchParams.set('password', password);
  return {
    connectionString: target.href,
    fallback_application_name: 'orchestrator',
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: idleMs,
  };
}

function openPool(place: PostgresPlace): Pool {
  const pool = new Pool({
    ...configOf(place),
    max: maxConnections,
    // A program whose work is done ends, though it did not close the history.
    allowExitOnIdle: true,
    onConnect: async (client) => {
      await client.query(durable);
    },
  });
  // A connection that breaks while nobody uses it is replaced.
  pool.on('error', () => undefined);
  return pool;
}

async function migrateOnce(pool: Pool, url: string): Promise<void> {
  const client = await pool.connect();
  await workWith(client, () => migrate(client, url));
}

async function queryWith(pool: Pool, statement: Statement): Promise<readonly unknown[]> {
  const { text, values, name, isRepeatable } = statement;
  let isSent = false;
  const makeIt = async (): Promise<readonly unknown[]> => {
    isSent = false;
    const client = await pool.connect();
    isSent = true;
    return workWith(client, async () => {
      const { rows } = await client.query({ text, values: [...values], ...(name && { name }) });
      return rows;
    });
  };
  return again(makeIt, (error) => isPutOff(error) || (isAway(error) && (isRepeatable || !isSent)));
}

/** Works with a connection and gives it back, or closes it where it cannot be trusted any more. */
async function workWith<Result>(client: PoolClient, work: () => Promise<Result>): Promise<Result> {
  // What breaks a connection is told to the statement as well.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  try {
    const result = await work();
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  } finally {
    client.off('error', ignore);
  }
}

async function again<Result>(
  work: () => Promise<Result>,
  isWorthIt: (error: unknown) => boolean,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === maxTries || !isWorthIt(error)) throw error;
    }
    await sleep(retryMs);
  }
}
