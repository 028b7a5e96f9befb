import type { Observation } from './executor.ts';
import type { SeatId } from './plan.ts';
import type { SandboxFacts } from './sandbox-facts.ts';

/** What a candidate did on one test; `flaky` when two runs of it differ, and then nothing is compared. */
export type Seen = Observation | { readonly kind: 'flaky' };

/** What one candidate did on the tests. */
export type Observed =
  | {
      readonly status: 'ran';
      readonly seat: SeatId;
      readonly sandbox: SandboxFacts;
      /** One row for each test of the suite, in its order. */
      readonly rows: readonly Seen[];
    }
  | {
      readonly status: 'not-run';
      readonly seat: SeatId;
      readonly because: string;
      /** What would let it run; null where nothing would, as for prose. */
      readonly remedy: string | null;
    };
