import type { Observation, Program } from '../domain/executor.ts';
import type { Call } from '../domain/test-case.ts';

/** Calls to make on one program in one process. */
export interface RoundJob {
  readonly program: Program;
  readonly calls: readonly Call[];
  /** Milliseconds of processor time that the job has left. */
  readonly cpuLeftMs: number;
}

/** What came of one process. */
export interface Round {
  /** Whether the program was loaded, so that the first call could begin. */
  readonly hasLoaded: boolean;
  /** One for each call that came to an end, in order. */
  readonly observations: readonly Observation[];
  readonly end: RoundEnd;
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** How the process ended. */
export type RoundEnd =
  | { readonly status: 'done' }
  /** The program raised something while it was loaded. */
  | { readonly status: 'broken'; readonly observation: Observation }
  /** `isExact` tells that the call in progress used up the limit by itself, not together with earlier ones. */
  | {
      readonly status: 'timed-out';
      readonly by: 'cpu' | 'wall';
      readonly limitMs: number;
      readonly isExact: boolean;
    }
  | { readonly status: 'crashed'; readonly how: string }
  /** The processor time of the whole job was used up. */
  | { readonly status: 'spent' }
  /** Nothing can be run: not the fault of the program. */
  | { readonly status: 'failed'; readonly because: string };
