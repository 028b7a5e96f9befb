import type { Availability } from './availability.ts';
import type { AttemptFailure } from './failure.ts';

/** A runner, and whether it can be asked here. */
export interface ModelRow {
  readonly name: string;
  /** The type in its configuration: `claude-code`, `openai-compatible`. */
  readonly type: string;
  readonly availability: Availability;
  /** What a local server lists; undefined for other runners. */
  readonly models?: readonly string[];
  /** Why it is not asked for a while, though it could be. */
  readonly refusal?: AttemptFailure | undefined;
}
