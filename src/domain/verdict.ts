import type { CodeCandidate, CodeFile } from './candidate.ts';
import type { SeatId } from './plan.ts';

/** What came of one check. */
export type CheckOutcome =
  | { readonly status: 'passed' }
  | {
      readonly status: 'failed';
      /** Where in the file, from 1; null where the check names no line. */
      readonly line: number | null;
      readonly message: string;
      /** What the check demanded and what it got, where it tells both. */
      readonly expected?: string | undefined;
      readonly got?: string | undefined;
    }
  /** The check ended without a result: `SIGKILL`, `out of memory`, `exit status 0 before the tests ran`. */
  | { readonly status: 'crashed'; readonly how: string }
  | { readonly status: 'timed-out'; readonly limitMs: number }
  /** It failed and then passed on the same files. */
  | { readonly status: 'flaky'; readonly message: string }
  | { readonly status: 'not-run'; readonly because: string };

/** How many tests a runner says that it ran. */
export interface TestCounts {
  readonly executed: number;
  readonly failed: number;
  /** Counted in a run without any candidate; null where that could not be counted. */
  readonly expected: number | null;
}

/** What one check found about one file, or about the answer as a whole. */
export interface Check {
  /** The kind of check: `syntax`, `types`, `tests` or `command`. */
  readonly checker: string;
  /** The file that was checked, for `tests` the tests file; null for the answer as a whole. */
  readonly file: string | null;
  readonly outcome: CheckOutcome;
  /** The command, as the person wrote it. */
  readonly command?: string | undefined;
  /** Whether the code under test ran in one process with its judge, and could have bent the result. */
  readonly selfReported?: boolean | undefined;
  /** What the result rests on: `pytest`, `exit code`. */
  readonly reportedBy?: string | undefined;
  readonly tests?: TestCounts | undefined;
  /** Why a pass says nothing, such as that an empty answer passes as well. */
  readonly weightless?: string | undefined;
}

/** What is known of one candidate by checking it; an answer without code is `not-run`. */
export interface Verdict {
  readonly seat: SeatId;
  readonly status: 'passed' | 'failed' | 'not-run';
  readonly checks: readonly Check[];
  /** The code as a list of tokens without comments, layout and the names of locals; null without code. */
  readonly tokens: readonly string[] | null;
}

/** A kind of check of single files. Never rejects. */
export interface Checker {
  readonly name: string;
  /** Loads what it will need, so that the first check does not wait for it. */
  warm(): Promise<void>;
  check(file: CodeFile): Promise<FileCheck>;
}

/** What a checker says of one file. */
export interface FileCheck {
  readonly check: Check;
  /** Canonical tokens, where the checker can make them. */
  readonly tokens: readonly string[] | null;
}

/** A kind of check of answers as a whole, such as running tests on them. Never rejects. */
export interface AnswerChecker {
  readonly name: string;
  check(candidate: CodeCandidate, signal: AbortSignal): Promise<readonly Check[]>;
}
