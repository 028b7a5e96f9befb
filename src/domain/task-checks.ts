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

/** The same as settings say it, with paths in place of files. */
export interface CheckSettings extends Omit<TaskChecks, 'tests'> {
  /** Absolute paths. */
  readonly tests: readonly string[];
}
