import { randomUUID } from 'node:crypto';

/** What a batch is known by. */
export interface BatchKeyParts {
  /** What the person calls it. */
  readonly name: string | undefined;
  /** The absolute path of its file; undefined for stdin and any other pipe. */
  readonly path: string | undefined;
  readonly keepsRuns: boolean;
}

/** The name of a batch, which makes the ids of its runs, and what a person should know of it. */
export interface BatchKey {
  readonly key: string;
  readonly notice: string | undefined;
}

/** Names a batch by the name that was given, or by its file; one of neither is like no other. */
export function batchKeyOf({ name, path, keepsRuns }: BatchKeyParts): BatchKey {
  const notice = keepsRuns
    ? undefined
    : 'Without a history, only the tasks whose results are in --output are not repeated when it is ended';
  if (name !== undefined) return { key: `name ${name}`, notice };
  if (path !== undefined) return { key: `file ${path}`, notice };
  return {
    key: `once ${randomUUID()}`,
    notice:
      notice ?? 'This batch cannot be gone on with: tasks of a pipe need --batch NAME for that',
  };
}
