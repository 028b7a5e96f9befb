import type { Value } from './value.ts';

/** Something to do with a program whose result can be observed. */
export type Call =
  /** Calls a function of the program; `name` may be a path such as `Solution.twoSum`. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Value[];
      /** Arguments by name, where the language has them. */
      readonly named?: Readonly<Record<string, Value>> | undefined;
    }
  /** Source text in the language of the program: statements, then the expression that is observed. */
  | { readonly kind: 'script'; readonly statements: string; readonly expression: string }
  /** Runs the program as a whole on this standard input; what it prints is observed. */
  | { readonly kind: 'program'; readonly stdin: string };

/** What a test demands. */
export type Expected =
  | { readonly kind: 'value'; readonly value: Value }
  /** An expression in the language of the program, evaluated without any candidate before it is compared. */
  | { readonly kind: 'source'; readonly expression: string }
  /** An error; its class, where the test names one. */
  | { readonly kind: 'raised'; readonly error: string | null }
  /** Text on standard output, compared without the white space at line ends. */
  | { readonly kind: 'printed'; readonly text: string };

/** Where a test comes from: the task's own examples count most, inputs that nobody has an answer for least. */
export type Origin = 'example' | 'user' | 'validator' | 'generated' | 'separating';

/** One thing to do with every candidate, and what the task demands of it where that is known. */
export interface TestCase {
  /** Names it in every later list: `example-1`, `validator-2`, `generated-7`. */
  readonly id: string;
  readonly origin: Origin;
  /** The runner that wrote it; null for what no model wrote. */
  readonly author: string | null;
  readonly call: Call;
  /** Undefined for an input alone, on which candidates are compared with each other. */
  readonly expected: Expected | undefined;
  /** How often its author wrote it; left out where it was once. */
  readonly count?: number | undefined;
}
