import type { SeatId } from './plan.ts';

/** What one group of candidates does on the input that separates it from another. */
export interface Side {
  readonly seats: readonly SeatId[];
  /** The result, as a person would write it. */
  readonly outcome: string;
}

/** The two leading behaviours, an input on which they differ, and which of the results the task demands. */
export interface Settlement {
  /** The test of the suite that separates them. */
  readonly test: string;
  /** The call in one line. */
  readonly input: string;
  readonly sides: readonly [Side, Side];
  /** Whether both give a result, rather than one of them an error. */
  readonly bothReturn: boolean;
  /** Whether no more than votes speaks for the first of them, so that a judge is worth asking. */
  readonly isClose: boolean;
  readonly judgement: Judgement;
}

/** What a model of another family says of the two results, asked in both orders and without their authors. */
export type Judgement =
  /** `side` counts from 0. */
  | {
      readonly status: 'decided';
      readonly side: 0 | 1;
      readonly judge: SeatId;
      readonly why: string;
    }
  /** It named the other result when the order was turned round. */
  | { readonly status: 'flipped'; readonly judge: SeatId }
  /** It found both or neither of them to be what the task demands. */
  | { readonly status: 'open'; readonly judge: SeatId; readonly why: string }
  | { readonly status: 'none'; readonly because: string };
