import type { CodeFile } from './candidate.ts';
import type { Observed } from './observed.ts';
import type { SeatId } from './plan.ts';
import type { Verdict } from './verdict.ts';

/** A merged answer, what checking and running it showed, and what became of it. */
export interface Merge {
  /** The seat whose runner wrote it. */
  readonly author: SeatId;
  readonly files: readonly CodeFile[];
  readonly prose: string;
  readonly verdict: Verdict | null;
  readonly observed: Observed | null;
  readonly taken: boolean;
  /** Whether it was dropped for what it lost, rather than for gaining nothing. */
  readonly isWorse: boolean;
  /** Why it was taken or dropped, one sentence. */
  readonly because: string;
}
