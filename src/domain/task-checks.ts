import type { SourceFile } from './task.ts';
import type { TestCase } from './test-case.ts';

/** What a person gives to check every candidate with; each check begins with a fresh copy of the files. */
export interface TaskChecks {
  /** Lines for the shell, run in the copy. */
  readonly commands: readonly string[];
  /** Test files by their paths in the copy. */
  readonly tests: readonly SourceFile[];
  /** The tests in files of data tests, which are run call by call and compared outside the sandbox. */
  readonly given: readonly TestCase[];
  /** The absolute path of the folder that is copied; undefined for a copy of the context files alone. */
  readonly folder: string | undefined;
  /** Milliseconds for one check of one candidate. */
  readonly timeoutMs: number;
}

/** The same as settings say it, with paths in place of files. */
export interface CheckSettings extends Omit<TaskChecks, 'tests' | 'given'> {
  /** Absolute paths. */
  readonly tests: readonly string[];
}
