import type { Mode } from './mode.ts';
import type { TaskChecks } from './task-checks.ts';

/** A text file: given as context, or found in an answer. The path is relative, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

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
  /** The person's own checks of every answer. */
  readonly checks?: TaskChecks | undefined;
}
