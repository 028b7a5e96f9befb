import type { SourceFile } from '../../../domain/task.ts';

/** Where a check runs; all paths are absolute. */
export interface Place {
  /** The copy of the project with the answer and the tests. */
  readonly work: string;
  /** A folder of the run's own, where it may write. */
  readonly scratch: string;
}

/** The programs that can run checks here. */
export interface Toolchain {
  /** The real path of the program. */
  readonly program: string;
  /** What it has to read to run. */
  readonly readable: readonly string[];
}

/** How to run tests: a program and what it is told. */
export interface RunnerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
  readonly env: Readonly<Record<string, string>>;
  readonly readable: readonly string[];
  /** Files of our own that the run needs, written beside the copy where the answer cannot change them. */
  readonly own: readonly SourceFile[];
}

/** The first test that failed. */
export interface TestFailure {
  readonly name: string;
  readonly message: string;
  readonly line: number | null;
  readonly expected?: string | undefined;
  readonly got?: string | undefined;
}

/** What a runner reported of one run. */
export interface Report {
  /** Who reported: `pytest`, `node --test`. */
  readonly by: string;
  readonly executed: number;
  readonly failed: number;
  /** Whether a tests file could not be loaded, so that its tests are not among the executed ones. */
  readonly isBroken: boolean;
  readonly first: TestFailure | null;
}
