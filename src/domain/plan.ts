import type { Unavailable } from './availability.ts';
import type { RouteLearning } from './learning.ts';
import type { Mode } from './mode.ts';

/** What a seat is for. */
export type Role = 'primary' | 'validator';

/** Names one planned model call in every later list: `primary-1`, `validator-1`. */
export type SeatId = string;

/** One planned model call. */
export interface Seat {
  readonly id: SeatId;
  readonly role: Role;
  readonly runner: string;
  /** Which answer of this runner it is for, from 1; 1 unless said. */
  readonly sample?: number | undefined;
  /** Models of one origin, which tend to be wrong together: they share one vote. The runner's name unless said. */
  readonly family?: string | undefined;
  /** The share of this runner's answers that are expected to be right in this category; unknown unless said. */
  readonly strength?: number | undefined;
  /** Why the runner cannot be asked here; such a seat stays a row and fails. */
  readonly unavailable?: Unavailable;
}

/** A seat that went to another runner before anybody was asked. */
export interface Substitution {
  readonly seat: SeatId;
  readonly planned: string;
  readonly runner: string;
  readonly because: Unavailable['kind'];
}

/** Whom a task calls for, and why, whether or not they are available here. */
export interface Route {
  readonly category: string;
  readonly mode: Mode;
  readonly primaries: readonly string[];
  readonly validators: readonly string[];
  /** The words of the task that decided the category. */
  readonly words: readonly string[];
  /** One sentence for a person. */
  readonly reason: string;
  /** How runs of the past took part; only where the route was to go by them. */
  readonly learning?: RouteLearning | undefined;
}

/** A route with its seats taken. */
export interface Plan {
  readonly route: Route;
  readonly seats: readonly Seat[];
  readonly substitutions: readonly Substitution[];
}
