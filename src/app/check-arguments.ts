import { configLimits } from '../config/limits.ts';
import { routeWishes } from '../domain/learning.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { mergeWhens } from '../domain/task.ts';
import type { RunOptions } from './orchestrator.ts';

/** Every option of a run; a table, so that one that is added is checked as well. */
const known: Readonly<Record<keyof RunOptions, true>> = {
  mode: true,
  models: true,
  validators: true,
  timeout: true,
  runTimeout: true,
  retries: true,
  maxCost: true,
  maxTokens: true,
  context: true,
  strict: true,
  route: true,
  samples: true,
  adaptive: true,
  merge: true,
  modelTests: true,
  signal: true,
  verbose: true,
  check: true,
  tests: true,
  checkIn: true,
  checkTimeout: true,
};

/** Refuses with `bad-usage` what a caller without types can get wrong without noticing. */
export function checkArguments(task: unknown, options: RunOptions): void {
  if (typeof task !== 'string' || task.trim() === '') {
    throw wrong('a run', `the task is ${shown(task)}`, 'a text');
  }
  const unknown = Object.keys(options).find((key) => !Object.hasOwn(known, key));
  if (unknown !== undefined) {
    throw wrong(`the option "${unknown}"`, 'it is not known', Object.keys(known).join(', '));
  }
  for (const key of ['models', 'validators', 'check'] as const) {
    const names: unknown = options[key];
    const fine = Array.isArray(names) && names.every((name) => typeof name === 'string');
    if (names !== undefined && !fine)
      throw wrong(
        key,
        `it is ${shown(names)}`,
        key === 'check' ? 'a list of commands' : 'a list of names',
      );
  }
  checkRoute(options);
  checkSelection(options);
  if (options.models?.length === 0) throw wrong('models', 'the list is empty', 'at least one name');
}

function checkRoute({ route }: RunOptions): void {
  if (route === undefined || routeWishes.includes(route)) return;
  throw wrong('route', `it is ${shown(route)}`, routeWishes.join(' or '));
}

function checkSelection(options: RunOptions): void {
  if (options.merge !== undefined && !mergeWhens.includes(options.merge)) {
    throw wrong('merge', `it is ${shown(options.merge)}`, mergeWhens.join(', '));
  }
  const { samples } = options;
  const counts = typeof samples === 'object' ? Object.values(samples) : [samples ?? 1];
  if (
    !counts.every((each) => Number.isInteger(each) && each >= 1 && each <= configLimits.maxSamples)
  ) {
    const wanted = `whole numbers from 1 to ${configLimits.maxSamples}`;
    throw wrong('samples', `found ${counts.join(', ')}`, wanted);
  }
}

function wrong(what: string, found: string, wanted: string): OrchestratorError {
  return new OrchestratorError('bad-usage', `Cannot use ${what}: ${found}, wanted ${wanted}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? 'empty' : `"${value}"`;
  return value === null ? 'null' : `a value of type ${typeof value}`;
}
