import { z } from 'zod';
import type { App } from '../../app/app.ts';
import { readChecks, usableChecks } from '../../app/read-checks.ts';
import { taskWith } from '../../app/task-with.ts';
import { configLimits } from '../../config/limits.ts';
import {
  type Bounds,
  dollarsBounds,
  retriesBounds,
  samplesBounds,
  secondsBounds,
  tokensBounds,
  wantedWithin,
} from '../../domain/bounds.ts';
import { routeWishes } from '../../domain/learning.ts';
import { modes } from '../../domain/mode.ts';
import { mergeWhens, type SourceFile, type Task } from '../../domain/task.ts';
import { inFields } from '../field-mistake.ts';
import type { RunBounds } from '../run-hub.ts';
import type { RunRequest } from './shapes.ts';

const { maxSeats } = configLimits;
const name = z.string().min(1).max(200);
const names = listOf(name, maxSeats, 'names').min(1, `wanted 1 to ${maxSeats} names`);
const seconds = within(secondsBounds);
const samples = within(samplesBounds);
const wantedPath = 'a relative path with /, without ..';
const sourceFile = z
  .strictObject({
    path: z.string().min(1).max(1000).refine(isInside, wantedPath).describe('Relative, with /'),
    text: z.string(),
  })
  .meta({ id: 'SourceFile', description: 'A text file' });

/** The schemas of what a run is asked for, for other requests that hold one. */
export const runRequestShape: {
  readonly [Key in keyof RunRequest]-?: z.ZodType<RunRequest[Key]>;
} = {
  task: z.string().trim().min(1).describe('The task, word for word'),
  mode: z.enum([...modes, 'auto']).optional(),
  models: names.optional().describe("Asked in place of the category's"),
  validators: names.optional(),
  strict: z.boolean().optional().describe('Never asks another model in place of one that is away'),
  route: z
    .enum(routeWishes)
    .optional()
    .describe('Who is asked: as the categories say, or by what the history says of the models'),
  context: sourceFiles(1000).optional().describe('Files that the models are shown'),
  check: listOf(z.string().min(1), 100, 'commands')
    .optional()
    .describe('Commands that every answer has to pass, run in the sandbox'),
  tests: sourceFiles(100).optional().describe('Test files that every answer has to pass'),
  check_timeout: seconds.optional().describe('Seconds for one check of one answer'),
  samples: z
    .union(
      [samples, z.record(name, samples)],
      `wanted ${wantedWithin(samplesBounds)}, or one for each model`,
    )
    .optional(),
  adaptive: z.boolean().optional(),
  merge: z.enum(mergeWhens).optional(),
  model_tests: z.boolean().optional(),
  timeout: seconds.optional().describe('Seconds for each model'),
  retries: within(retriesBounds).optional(),
  max_cost: within(dollarsBounds)
    .optional()
    .describe('US dollars for the whole run; nobody is asked any more when they are spent'),
  max_tokens: within(tokensBounds)
    .optional()
    .describe('Tokens of all prompts and answers of the run'),
};

/** The schema of a request for a run. */
export const runRequest: z.ZodType<RunRequest> = z
  .strictObject(runRequestShape)
  .meta({ id: 'RunRequest', description: 'A task, and how it is to be run' });

/** Makes the task of a request. The folder of checks is that of the settings: no request names a path of the server. */
export async function taskOfRequest(request: RunRequest, { settings }: App): Promise<Task> {
  const { checks } = settings;
  const { check = checks.commands, check_timeout: checkSeconds, context = [] } = request;
  const timeoutMs = checkSeconds === undefined ? checks.timeoutMs : checkSeconds * 1000;
  const wanted = { ...checks, commands: check, timeoutMs };
  const usable = request.tests
    ? await usableChecks({ ...wanted, tests: request.tests }).catch(inFields('tests'))
    : await readChecks(wanted, process.cwd());
  const said = { ...request, modelTests: request.model_tests, context, checks: usable };
  return taskWith(request.task, said, settings);
}

/** What a request says about how long, how often and for how much. */
export function boundsOfRequest(request: RunRequest): RunBounds {
  const { timeout, retries, max_cost: costUsd, max_tokens: tokens } = request;
  return {
    limits: {
      ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
      ...(retries !== undefined && { retries }),
    },
    budget: { costUsd, tokens },
  };
}

/** A list with a message that says how long it may be. */
function listOf<Item extends z.ZodType>(item: Item, max: number, noun: string): z.ZodArray<Item> {
  return z.array(item).max(max, `wanted ${max} ${noun} at most`);
}

/** A number within its bounds, with a message that says what is wanted. */
function within(bounds: Bounds): z.ZodNumber {
  const { min, max, isWhole } = bounds;
  const wanted = `wanted ${wantedWithin(bounds)}`;
  return (isWhole ? z.int(wanted) : z.number(wanted)).min(min, wanted).max(max, wanted);
}

/** Whether a path stays in the folder that it is relative to, on every system. */
/** A second file of a path would take the place of the first without a word. */
function sourceFiles(most: number): z.ZodType<SourceFile[]> {
  return listOf(sourceFile, most, 'files').refine(
    (files) => new Set(files.map(({ path }) => path)).size === files.length,
    'wanted each path once',
  );
}

function isInside(path: string): boolean {
  return !(/^[/\\]|^[A-Za-z]:|[\\\0]/.test(path) || path.split('/').includes('..'));
}
