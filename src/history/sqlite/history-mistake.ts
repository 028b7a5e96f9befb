import { OrchestratorError } from '../../domain/mistake.ts';
import { whyUnwritable } from '../../lib/file-trouble.ts';

/** What SQLite's result codes mean for a history: https://www.sqlite.org/rescode.html */
const says: Readonly<Record<number, string>> = {
  5: 'other programs keep it busy',
  6: 'other programs keep it busy',
  8: 'it cannot be written',
  10: 'the disk cannot be read or written',
  11: 'it is damaged',
  13: 'the disk is full',
  14: 'it cannot be opened',
  26: 'it is damaged, or no history at all',
};

const damaged: readonly number[] = [11, 26];

/** Whether another process holds the database for a moment. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === 5 || code === 6;
}

/** Whether SQLite refused, and not this program. */
export function isOfSqlite(error: unknown): boolean {
  return resultCode(error) !== undefined;
}

/** What is thrown where the file at a path cannot be used; an error that does not come of the file is left as it is. */
export function historyMistake(path: string, error: unknown): unknown {
  const code = resultCode(error);
  const system = error instanceof Error && 'syscall' in error ? whyUnwritable(error) : undefined;
  const found = code === undefined ? system : (says[code] ?? `SQLite says ${messageOf(error)}`);
  if (found === undefined) return error;
  const hint = damaged.includes(code ?? 0)
    ? 'Nothing was changed; move the file away to begin another one, or use --no-history'
    : 'Use --history with another file, or --no-history';
  return cannotUse(path, found, { hint, cause: error });
}

/** Says that a history cannot be used, what was found, and what to do. */
export function cannotUse(
  path: string,
  found: string,
  options: { readonly hint: string; readonly cause?: unknown },
): OrchestratorError {
  return new OrchestratorError(
    'bad-history',
    `Cannot use the history ${path}: ${found}, wanted a history file that can be written`,
    options,
  );
}

/** The primary result code, without its extension. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
