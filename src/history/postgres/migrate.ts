import type { ClientBase } from 'pg';
import { cannotUse, codeOf } from './history-mistake.ts';
import { migrations, schema } from './migrations.ts';

/** What all who migrate lock, so that one of them does; "mmoh" in ASCII, as in the files of SQLite. */
const lockNumber = 0x6d6d6f68;

/** What PostgreSQL answers where the schema or the table is not there: 3F000 and 42P01. */
const notThere: readonly string[] = ['3F000', '42P01'];

/** Brings the schema to the version of this program; throws `bad-history` for a later one and for another program's. */
export async function migrate(client: ClientBase, url: string): Promise<void> {
  const version = await versionOf(client);
  if (version > migrations.length) throw later(url, version);
  if (version === migrations.length) return;
  // Whatever fails closes the connection, and the server undoes everything then.
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [lockNumber]);
  // Another process may have been quicker.
  await makeSchema(client, url);
  const { rows } = await client.query(`SELECT version FROM ${schema}.schema_version`);
  const before = Number(rows[0].version);
  if (before > migrations.length) throw later(url, before);
  for (const statements of migrations.slice(before)) await client.query(statements);
  await client.query(`UPDATE ${schema}.schema_version SET version = $1`, [migrations.length]);
  await client.query('COMMIT');
}

async function versionOf(client: ClientBase): Promise<number> {
  try {
    const { rows } = await client.query(`SELECT version FROM ${schema}.schema_version`);
    return Number(rows[0]?.version ?? 0);
  } catch (error) {
    if (notThere.includes(codeOf(error) ?? '')) return 0;
    throw error;
  }
}

async function makeSchema(client: ClientBase, url: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT current_setting('server_encoding') AS encoding,
       to_regnamespace('${schema}') IS NOT NULL AS is_there,
       to_regclass('${schema}.schema_version') IS NOT NULL AS is_ours,
       (SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('${schema}')) AS tables`,
  );
  const { encoding, is_there, is_ours, tables } = rows[0];
  if (encoding !== 'UTF8') {
    throw cannotUse(url, `its encoding is ${encoding}`, {
      hint: 'Make a database for it with createdb --encoding=UTF8 --template=template0',
    });
  }
  if (is_ours) return;
  if (Number(tables) > 0) {
    throw cannotUse(url, `the schema ${schema} there is another program's`, {
      hint: 'Nothing was changed; use another database',
    });
  }
  // Who may not make schemas can be given an empty one.
  if (!is_there) await client.query(`CREATE SCHEMA ${schema}`);
  await client.query(`CREATE TABLE ${schema}.schema_version (version integer NOT NULL)`);
  await client.query(`INSERT INTO ${schema}.schema_version VALUES (0)`);
}

function later(url: string, version: number): Error {
  const found = `it is of version ${version}, and this program knows no later one than ${migrations.length}`;
  return cannotUse(url, found, {
    hint: 'Nothing was changed; update multi-model-orchestrator, or use another database',
  });
}
