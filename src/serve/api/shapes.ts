import type { Unavailable } from '../../domain/availability.ts';
import type { RouteLearning, RouteWish } from '../../domain/learning.ts';
import type { Mode, ModeShape } from '../../domain/mode.ts';
import type { Role } from '../../domain/plan.ts';
import type { MergeWhen, SelectionOptions, SourceFile } from '../../domain/task.ts';
import type { RunRow } from '../../report/history-json.ts';
import type { ResultJson } from '../../report/json.ts';

/** What a run is asked for over HTTP. */
export interface RunRequest {
  readonly task: string;
  readonly mode?: Mode | 'auto' | undefined;
  readonly models?: readonly string[] | undefined;
  readonly validators?: readonly string[] | undefined;
  readonly strict?: boolean | undefined;
  readonly route?: RouteWish | undefined;
  readonly context?: readonly SourceFile[] | undefined;
  readonly check?: readonly string[] | undefined;
  readonly tests?: readonly SourceFile[] | undefined;
  /** Seconds for one check of one answer. */
  readonly check_timeout?: number | undefined;
  readonly samples?: SelectionOptions['samples'];
  readonly adaptive?: boolean | undefined;
  readonly merge?: MergeWhen | undefined;
  readonly model_tests?: boolean | undefined;
  /** Seconds for each model. */
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
  /** US dollars. */
  readonly max_cost?: number | undefined;
  readonly max_tokens?: number | undefined;
}

/** What is wrong with one place of a body. */
export interface ProblemPlace {
  /** A JSON pointer as a fragment (RFC 6901): `#/retries`. */
  readonly pointer: string;
  readonly detail: string;
}

/** A run with its result. */
export interface RunDetail {
  readonly run: RunRow;
  readonly result: ResultJson | null;
}

/** A run that goes on. */
export interface StartedView {
  readonly id: string;
  /** Where its events are. */
  readonly events: string;
}

/** What a decision comes to, in short. */
export interface ChoiceView {
  /** The runner whose answer was chosen; null when there is none. */
  readonly chosen: string | null;
  readonly rule: string;
}

/** One run, decided again. */
export interface RedecidedView {
  readonly id: string;
  readonly before: ChoiceView;
  readonly after: ChoiceView;
  /** Whether another answer, another rule or other files come out. */
  readonly changed: boolean;
}

/** A task that is there to be tried. */
export interface ExampleView {
  readonly title: string;
  readonly task: string;
  readonly mode: Mode;
  /** What a person can see by it, in one sentence. */
  readonly shows: string;
}

/** What holds for a run where a request leaves a field out. */
export interface DefaultsView {
  readonly mode: Mode | 'auto';
  /** Null leaves it to the category of the task. */
  readonly models: readonly string[] | null;
  readonly strict: boolean;
  readonly route: RouteWish;
  readonly check: readonly string[];
  /** The names of files. */
  readonly tests: readonly string[];
  readonly check_timeout: number;
  readonly samples: number;
  readonly adaptive: boolean;
  readonly merge: MergeWhen;
  readonly model_tests: boolean;
  /** Seconds; a model can have its own. */
  readonly timeout: number;
  /** A model can have its own. */
  readonly retries: number;
  /** Null for no limit. */
  readonly max_cost: number | null;
  readonly max_tokens: number | null;
  /** How many models answer and review in each mode. */
  readonly modes: Readonly<Record<Mode, ModeShape>>;
}

/** What a run is expected to use; null where that is not known. */
export interface AmountView {
  readonly cost_usd: number | null;
  readonly tokens: number | null;
}

/** What a run is expected to use, before anybody is asked. */
export interface EstimateView {
  readonly least: AmountView;
  readonly most: AmountView;
  /** Models whose price is not known. */
  readonly unpriced: readonly string[];
  /** Models whose longest answer is not known. */
  readonly unbounded: readonly string[];
}

/** Who would be asked. */
export interface RouteView {
  readonly category: string;
  readonly mode: Mode;
  readonly reason: string;
  readonly words: readonly string[];
  readonly seats: readonly {
    readonly id: string;
    readonly role: Role;
    readonly model: string;
    readonly available: boolean;
    readonly why_not: string | null;
  }[];
  readonly substitutions: readonly {
    readonly seat: string;
    readonly planned: string;
    readonly model: string;
    readonly because: Unavailable['kind'];
  }[];
  /** Null where the route was not to go by the history. */
  readonly learning: RouteLearning | null;
  readonly estimate: EstimateView;
}

export type { ModelJson as ModelView } from '../../report/models-json.ts';
