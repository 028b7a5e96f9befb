import { OrchestratorError } from '../../domain/mistake.ts';
import { shownPostgresUrl } from '../../lib/postgres-url.ts';

/** What was found, and what to do about it. */
interface Finding {
  readonly found: string;
  readonly hint?: string;
}

const unreachable: Finding = { found: 'no server answers there' };
const unknownHost: Finding = { found: 'its host is not known' };
const refused: Finding = {
  found: 'the server does not let this user in with this password',
  hint: 'The password is taken from PGPASSWORD, from ~/.pgpass, or from the variable that "passwordEnv" of "history" names',
};
const forbidden: Finding = {
  found: 'this user may not do what is needed there',
  hint: 'The first user of a history needs the right to create its schema: GRANT CREATE ON DATABASE name TO user',
};
const ended: Finding = { found: 'the server ended the connection' };
const starting: Finding = { found: 'the server is being started or ended' };
const full: Finding = { found: 'the disk of the server is full' };

/** By the code of Node.js or of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const findings: Readonly<Record<string, Finding>> = {
  ECONNREFUSED: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ENOENT: unreachable,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ECONNRESET: ended,
  EPIPE: ended,
  '28P01': refused,
  '28000': refused,
  '3D000': {
    found: 'the server has no such database',
    hint: 'Make it with createdb; its tables come by themselves',
  },
  '42501': forbidden,
  '25006': { found: 'the database can only be read' },
  '53100': full,
  '53300': { found: 'the server takes no more connections' },
  '57P01': ended,
  '57P02': ended,
  '57P03': starting,
};

/** What has no code says it in its message. */
const byMessage: readonly (readonly [pattern: RegExp, finding: Finding])[] = [
  [/timeout/i, { found: 'the server does not answer in time' }],
  [/^Connection terminated|connection error|not queryable/i, ended],
  [/password must be a string|no password/i, refused],
  [/does not support SSL|certificate|self-signed/i, { found: 'no safe connection can be made' }],
];

/** What is worth trying again, as it passes when the server is back. */
const passing: readonly Finding[] = [unreachable, unknownHost, ended, starting];

/** Whether the server is away for a while, and the connection is of no use any more. */
export function isAway(error: unknown): boolean {
  const found = findingOf(error);
  return (found && passing.includes(found)) || /timeout/i.test(messageOf(error));
}

/** Whether the server undid the statement for the sake of another one, or cannot take it at the moment. */
export function isPutOff(error: unknown): boolean {
  return ['40001', '40P01', '53300', '57P03'].includes(codeOf(error) ?? '');
}

/** The code of PostgreSQL or of Node.js. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What is thrown where the database at an address cannot be used; a defect of this program is left as it is. */
export function historyMistake(url: string, error: unknown): unknown {
  if (error instanceof OrchestratorError || error instanceof TypeError) return error;
  const { found, hint } = findingOf(error) ?? { found: `PostgreSQL says ${messageOf(error)}` };
  return cannotUse(url, found, { hint, cause: error });
}

/** Says that a history cannot be used, what was found, and what to do. */
export function cannotUse(
  url: string,
  found: string,
  options: { readonly hint?: string | undefined; readonly cause?: unknown } = {},
): OrchestratorError {
  const { hint = 'Use --history with another address or a file, or --no-history' } = options;
  return new OrchestratorError(
    'bad-history',
    `Cannot use the history ${shownPostgresUrl(url) ?? 'in PostgreSQL'}: ${found}, wanted a PostgreSQL database that can be written`,
    { ...options, hint },
  );
}

function findingOf(error: unknown): Finding | undefined {
  const message = messageOf(error);
  const known = findings[codeOf(error) ?? ''];
  return known ?? byMessage.find(([pattern]) => pattern.test(message))?.[1];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
