import type { CodeFile } from './candidate.ts';
import type { SeatId } from './plan.ts';

/** How one candidate fared in the comparison. */
export interface Ranking {
  readonly seat: SeatId;
  /** Whether it is of the best class: parses, while another does not. */
  readonly eligible: boolean;
  /** Mean similarity with the other eligible candidates, 0 to 1; null when there is no other. */
  readonly agreement: number | null;
  /** One sentence for a person. */
  readonly reason: string;
}

/** A statement of a design, and the seats that made it. */
export interface Point {
  readonly text: string;
  readonly seats: readonly SeatId[];
}

/** Two statements about one subject that cannot both be followed. */
export interface Contradiction {
  readonly subject: string;
  readonly sides: readonly [Point, Point];
}

/** What several perspectives on a design have in common and where they part. */
export interface Synthesis {
  readonly agreements: readonly Point[];
  readonly contradictions: readonly Contradiction[];
  readonly unique: readonly Point[];
}

/** Which answer was chosen, and what was compared. */
export interface Decision {
  /** Null when no answer is left to choose. */
  readonly chosen: SeatId | null;
  readonly rule: 'only-one' | 'only-one-parsed' | 'agreement' | 'preference' | 'none';
  /** One row for each primary seat, in the order of the plan. */
  readonly rankings: readonly Ranking[];
  readonly files: readonly CodeFile[];
  readonly prose: string;
  /** What was compared and why this one, in a few sentences. */
  readonly explanation: string;
  /** Only in architectural mode. */
  readonly synthesis: Synthesis | null;
}
