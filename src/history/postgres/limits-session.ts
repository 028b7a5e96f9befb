import type { Client } from 'pg';
import type { PostgresDatabase } from './open-database.ts';

/** A connection of this process that shows to all others that it is alive. */
export interface LimitsSession {
  /** Its number; another one after it was lost. */
  readonly number: number;
  /** Makes a statement on it. Rejects when the connection is lost, and with what PostgreSQL says. */
  query<Row>(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]>;
}

/** What a process that keeps a session needs. */
export interface SessionParts {
  readonly database: PostgresDatabase;
  readonly holder: string;
  readonly channel: string;
  /** The numbers of the places that are held. */
  readonly held: () => readonly number[];
  /** Hears that a place may have come free. */
  readonly onRoom: () => void;
}

/** Keeps one session, and begins another when its connection was lost. */
export interface SessionKeeper {
  /** The session there is, or one that is begun. */
  get(): Promise<LimitsSession>;
  close(): Promise<void>;
}

/** Makes what keeps the session of a process; it begins when it is first needed. */
export function sessionKeeper(parts: SessionParts): SessionKeeper {
  let current: Promise<Open> | undefined;
  let earlier: number | undefined;
  const get = async (): Promise<Open> => {
    const known = current ?? begin(parts, earlier);
    current = known;
    try {
      const open = await known;
      if (!open.isLost()) return open;
      earlier = open.number;
    } catch (error) {
      if (current === known) current = undefined;
      throw error;
    }
    if (current === known) current = undefined;
    return get();
  };
  return {
    get,
    close: async () => {
      const open = await current?.catch(() => undefined);
      current = undefined;
      await open?.end();
    },
  };
}

interface Open extends LimitsSession {
  readonly isLost: () => boolean;
  readonly end: () => Promise<void>;
}

async function begin(parts: SessionParts, earlier: number | undefined): Promise<Open> {
  const { database, holder, channel, held, onRoom } = parts;
  const client = await database.connect();
  let isLost = false;
  client.on('end', () => {
    isLost = true;
  });
  try {
    await client.query(`LISTEN ${channel}`);
    const { rows } = await client.query('SELECT orchestrator.begin_session($1, $2, $3) AS number', [
      ...[holder, earlier ?? null, held()],
    ]);
    const number = Number(rows[0].number);
    client.on('notification', ({ payload }) => {
      if (payload === String(number)) onRoom();
    });
    return {
      number,
      isLost: () => isLost,
      query: statementsOn(client, () => {
        isLost = true;
      }),
      end: () => client.end(),
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Makes statements that keep the process alive only while one of them is under way. */
function statementsOn(given: Client, lose: () => void): LimitsSession['query'] {
  // node-postgres has both; its types do not.
  const client = given as Client & { readonly ref: () => void; readonly unref: () => void };
  let underWay = 0;
  let before: Promise<unknown> = Promise.resolve();
  client.unref();
  return async <Row>(name: string, text: string, values: readonly unknown[]) => {
    underWay += 1;
    client.ref();
    try {
      // node-postgres takes one statement after the other.
      const result = before.then(() => client.query({ name, text, values: [...values] }));
      before = result.catch(() => undefined);
      // The rows are those of the statement, which this program wrote.
      return (await result).rows as readonly Row[];
    } catch (error) {
      // Whether it was made is not known; with the connection the server gives up what nobody knows of.
      lose();
      void client.end().catch(() => undefined);
      throw error;
    } finally {
      underWay -= 1;
      if (underWay === 0) client.unref();
    }
  };
}
