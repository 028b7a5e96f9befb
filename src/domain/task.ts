import type { RouteWish } from './learning.ts';
import type { Mode } from './mode.ts';
import type { TaskChecks } from './task-checks.ts';

/** A text file: given as context, or found in an answer. The path is relative, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** How the answer is to be selected; what is left out has a default. */
export interface SelectionOptions {
  /** How many answers each primary is asked for, or how many by the runner's name; 1 unless said. */
  readonly samples?: number | Readonly<Record<string, number>> | undefined;
  /** Begins with one primary and asks the others only if that one does not settle it. */
  readonly adaptive?: boolean | undefined;
  /** When a merged answer is written: where it can help (`auto`, the default), never, or always. */
  readonly merge?: MergeWhen | undefined;
  /** Whether validators are asked for tests while the primaries work; true unless said. */
  readonly modelTests?: boolean | undefined;
}

/** How an answer is selected where nothing is said. */
export const usualSelection: {
  readonly samples: number;
  readonly adaptive: boolean;
  readonly merge: MergeWhen;
  readonly modelTests: boolean;
} = { samples: 1, adaptive: false, merge: 'auto', modelTests: true };

/** When a merged answer is written. */
export const mergeWhens = ['auto', 'never', 'always'] as const;

export type MergeWhen = (typeof mergeWhens)[number];

/** What a person asks for, complete: a run needs nothing else from outside. */
export interface Task {
  readonly text: string;
  readonly context: readonly SourceFile[];
  readonly mode: Mode | 'auto';
  /** Asked instead of the route's primaries: exactly these, in this order, and no validator but those named. */
  readonly models: readonly string[] | undefined;
  /** Asked instead of the route's validators. */
  readonly validators: readonly string[] | undefined;
  /** Forbids giving the seat of an unavailable runner to another. */
  readonly strict: boolean;
  /** Whether the history takes part in who is asked; `usual` unless said. */
  readonly route?: RouteWish | undefined;
  readonly selection?: SelectionOptions | undefined;
  /** The person's own checks of every answer. */
  readonly checks?: TaskChecks | undefined;
}
