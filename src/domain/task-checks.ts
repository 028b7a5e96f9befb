import type { SourceFile } from './task.ts';

/** What a person gives to check every candidate with; each check begins with a fresh copy of the files. */
export interface TaskChecks {
  /** Lines for the shell, run in the copy. */
  readonly commands: readonly string[];
  /** Test files by their paths in the copy, and files of data tests. */
  readonly tests: readonly SourceFile[];
  /** The absolute path of the folder that is copied; undefined for a copy of the context files alone. */
  readonly folder: string | undefined;
  /** Milliseconds for one check of one candidate. */
  readonly timeoutMs: number;
}

/** Milliseconds for one check where the person says nothing. */
export const defaultCheckTimeoutMs = 60_000;
