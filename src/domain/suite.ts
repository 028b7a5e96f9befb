import type { SeatId } from './plan.ts';
import type { TestCase } from './test-case.ts';
import type { ValueType } from './value-type.ts';

/** One parameter of a function. */
export interface Parameter {
  readonly name: string;
  /** Undefined where nothing says what it takes. */
  readonly type: ValueType | undefined;
  /** Whether a call may leave it out. */
  readonly isOptional: boolean;
}

/** What the task is about, as far as it can be called. */
export type Entry =
  | {
      readonly kind: 'function';
      /** A path for a method: `Solution.twoSum`. */
      readonly name: string;
      readonly language: string;
      readonly parameters: readonly Parameter[];
      /** Whether it takes any number of arguments. */
      readonly isVariadic: boolean;
      /** What the function is called in the answers that gave it another name. */
      readonly aliases: Readonly<Record<SeatId, string>>;
    }
  /** A class, which only scripts can show at work. */
  | { readonly kind: 'class'; readonly name: string; readonly language: string }
  /** Reads standard input and prints. */
  | { readonly kind: 'program'; readonly language: string };

/** A test that was written and is not used. */
export interface DroppedTest {
  /** The runner that wrote it. */
  readonly author: string;
  /** The start of what it wrote, on one line. */
  readonly text: string;
  readonly because: string;
}

/** What every candidate is to be tried on. */
export interface Suite {
  /** Null where nothing of the task can be called. */
  readonly entry: Entry | null;
  readonly tests: readonly TestCase[];
  /** Whether the task leaves the order of the items in a list open. */
  readonly anyOrder: boolean;
  readonly dropped: readonly DroppedTest[];
}
