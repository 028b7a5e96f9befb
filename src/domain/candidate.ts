import type { FailureKind } from './failure.ts';
import type { SeatId } from './plan.ts';

/** One file of an answer; `path` is null when the answer names none. */
export interface CodeFile {
  readonly path: string | null;
  readonly language: string | null;
  readonly text: string;
}

/** An answer with code. */
export interface CodeCandidate {
  readonly status: 'code';
  readonly seat: SeatId;
  /** The files, the main one first; never empty. */
  readonly files: readonly [CodeFile, ...CodeFile[]];
  /** What the answer says around its code. */
  readonly prose: string;
}

/** The code, or failing that the prose, of one answer. */
export type Candidate =
  | CodeCandidate
  | { readonly status: 'prose'; readonly seat: SeatId; readonly prose: string }
  | { readonly status: 'none'; readonly seat: SeatId; readonly because: FailureKind };
