import type { CodeFile } from './candidate.ts';
import type { SeatId } from './plan.ts';

/** What one check found about one file. */
export interface Check {
  /** The kind of check: `syntax`. */
  readonly checker: string;
  readonly file: string | null;
  readonly outcome:
    | { readonly status: 'passed' }
    | { readonly status: 'failed'; readonly line: number; readonly message: string }
    | { readonly status: 'not-run'; readonly because: string };
}

/** What is known of one candidate by checking it; an answer without code is `not-run`. */
export interface Verdict {
  readonly seat: SeatId;
  readonly status: 'passed' | 'failed' | 'not-run';
  readonly checks: readonly Check[];
  /** The code as a list of tokens without comments, layout and the names of locals; null without code. */
  readonly tokens: readonly string[] | null;
}

/** A kind of check. Never rejects. */
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
