import {
  type Bounds,
  dollarsBounds,
  numberWithin,
  retriesBounds,
  samplesBounds,
  secondsBounds,
  tokensBounds,
} from '../../../src/domain/bounds.ts';
import type { RouteWish } from '../../../src/domain/learning.ts';
import type { Mode } from '../../../src/domain/mode.ts';
import { type MergeWhen, type SourceFile, usualSelection } from '../../../src/domain/task.ts';
import type { RunRequest } from '../../../src/serve/api/shapes.ts';

/**
 * What a person has put into the form of a new run, by the names that a request has for it. Numbers are kept as they
 * were typed. What is empty or null goes by the configuration.
 */
export interface Draft {
  readonly task: string;
  readonly context: readonly SourceFile[];
  readonly mode: Mode | 'auto' | null;
  readonly models: readonly string[];
  readonly validators: readonly string[];
  readonly strict: boolean | null;
  readonly route: RouteWish | null;
  /** One command a line. */
  readonly check: string;
  readonly tests: readonly SourceFile[];
  readonly check_timeout: string;
  readonly samples: string;
  /** By the name of a chosen model, in place of `samples`. */
  readonly samples_of: Readonly<Record<string, string>>;
  readonly adaptive: boolean | null;
  readonly merge: MergeWhen | null;
  readonly model_tests: boolean | null;
  readonly timeout: string;
  readonly retries: string;
  readonly max_cost: string;
  readonly max_tokens: string;
}

/** A form in which nothing was put. */
export const emptyDraft: Draft = {
  task: '',
  context: [],
  mode: null,
  models: [],
  validators: [],
  strict: null,
  route: null,
  check: '',
  tests: [],
  check_timeout: '',
  samples: '',
  samples_of: {},
  adaptive: null,
  merge: null,
  model_tests: null,
  timeout: '',
  retries: '',
  max_cost: '',
  max_tokens: '',
};

/** The fields that take a number. */
export const numberBounds: Readonly<Record<NumberName, Bounds>> = {
  samples: samplesBounds,
  max_cost: dollarsBounds,
  max_tokens: tokensBounds,
  timeout: secondsBounds,
  retries: retriesBounds,
  check_timeout: secondsBounds,
};

/** The name of a field that takes a number. */
export type NumberName =
  | 'samples'
  | 'max_cost'
  | 'max_tokens'
  | 'timeout'
  | 'retries'
  | 'check_timeout';

/** What a draft asks the server for; what is left empty is left out, and so is a number that cannot be read. */
export function requestOf(draft: Draft): RunRequest {
  const number = (name: NumberName): number | undefined =>
    numberWithin(draft[name].trim(), numberBounds[name]);
  return {
    task: draft.task,
    context: someOf(draft.context),
    mode: draft.mode ?? undefined,
    models: someOf(draft.models),
    validators: someOf(draft.validators),
    strict: draft.strict ?? undefined,
    route: draft.route ?? undefined,
    check: someOf(draft.check.split('\n').filter((line) => line.trim() !== '')),
    tests: someOf(draft.tests),
    check_timeout: number('check_timeout'),
    samples: samplesOf(draft, number('samples')),
    adaptive: draft.adaptive ?? undefined,
    merge: draft.merge ?? undefined,
    model_tests: draft.model_tests ?? undefined,
    timeout: number('timeout'),
    retries: number('retries'),
    max_cost: number('max_cost'),
    max_tokens: number('max_tokens'),
  };
}

/** One number for all, or where a chosen model has its own, one for each that is chosen. */
function samplesOf(
  { models, samples_of }: Draft,
  forAll: number | undefined,
): RunRequest['samples'] {
  const own = new Map(
    models.map((name) => [name, numberWithin(samples_of[name]?.trim() ?? '', samplesBounds)]),
  );
  if ([...own.values()].every((count) => count === undefined)) return forAll;
  const usual = forAll ?? usualSelection.samples;
  return Object.fromEntries([...own].map(([name, count]) => [name, count ?? usual]));
}

function someOf<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined;
}
