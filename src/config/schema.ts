import * as z from 'zod';
import { routeWishes } from '../domain/learning.ts';
import { modes } from '../domain/mode.ts';
import type { CategoryConfig, ConfigFile, ModeConfig, RunnerConfig } from './config-file.ts';
import { builtInRunners } from './defaults.ts';
import { configLimits } from './limits.ts';
import { runnerTypes } from './runner-from.ts';
import {
  databaseUrl,
  headerName,
  headerValue,
  historyText,
  object,
  plainName,
  price,
  seconds,
  url,
} from './schema-parts.ts';

// The message of every rule below is what is wanted, and `flawOf` puts path and finding before it.

const text = (wanted = 'a non-empty string') => z.string(wanted).min(1, wanted);
const names = (wanted: string) => z.array(text(), wanted).min(1, wanted);
const wholeNumber = (min: number, max: number) => `a whole number from ${min} to ${max}`;
const count = (min: number, max: number, wanted = wholeNumber(min, max)) =>
  z.int(wanted).min(min, wanted).max(max, wanted);
const wantedStrength = `a number above 0 and below 1, or such numbers by category`;
const strength = () => z.number(wantedStrength).gt(0, wantedStrength).lt(1, wantedStrength);
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, `one of ${values.join(', ')}`);
const retries = () => count(0, configLimits.maxRetries);
const variableName = () => {
  const wanted = 'the name of an environment variable';
  return z.string(wanted).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, wanted);
};

const common = {
  model: text().optional().describe('The model id, passed on as it is.'),
  timeout: seconds()
    .optional()
    .describe('Seconds for one seat, its retries and waits included; weaker than --timeout.'),
  stall: seconds().optional().describe('Seconds without a sign of life until a request is ended.'),
  retries: retries().optional().describe('Further requests after a transient failure.'),
  concurrency: count(1, configLimits.maxConcurrency)
    .optional()
    .describe('Requests in flight at once; no limit when left out.'),
  price: object({
    inputPerMillion: price().describe('US dollars for a million tokens of input.'),
    outputPerMillion: price().describe('US dollars for a million tokens of output.'),
  })
    .optional()
    .describe('What the model costs, where the vendor does not say it with the answer.'),
  family: text()
    .optional()
    .describe('Models of one family share one vote; by the vendor or the model id when left out.'),
  strength: z
    .union([strength(), z.record(text(), strength(), wantedStrength)], wantedStrength)
    .optional()
    .describe(
      'The share of its answers that you expect to be right, such as 0.7, also by category.',
    ),
  maxOutputTokens: count(1, configLimits.maxTokens)
    .optional()
    .describe('The most tokens of an answer.'),
};

const ofProcess = {
  ...common,
  outputMaxBytes: count(configLimits.minOutputBytes, configLimits.maxOutputBytes)
    .optional()
    .describe(
      "Bytes of the program's output that are held before it is ended; 8388608 (8 MiB) when left out.",
    ),
};

const apiKeyEnv = variableName()
  .optional()
  .describe('The name of the environment variable with the key, never the key itself.');

const cliRunner = object({
  type: oneOf(builtInRunners)
    .optional()
    .describe('Left out, the entry adjusts the runner that has the name already.'),
  command: text().optional().describe('The program, when it is not the one on PATH.'),
  baseURL: url()
    .optional()
    .describe("Where the vendor's API is, when it is not the vendor's own address."),
  ...ofProcess,
}).describe("A vendor's command line.");

const openAiCompatible = object({
  type: z.literal('openai-compatible').describe('A server that speaks chat completions.'),
  baseURL: url().describe('Up to and including the version: http://127.0.0.1:11434/v1.'),
  apiKeyEnv,
  headers: z
    .record(headerName(), headerValue(), 'an object of header names and values')
    .optional()
    .describe('Sent with every request.'),
  ...common,
  model: text().describe('The model id, passed on as it is.'),
}).describe("Any server that speaks OpenAI's chat completions.");

const api = object({
  type: z.literal('api').describe("A vendor's own API."),
  provider: oneOf(['anthropic', 'openai', 'google', 'xai']).describe('Whose API it is.'),
  apiKeyEnv,
  baseURL: url().optional().describe("Where the API is, when it is not the vendor's own address."),
  ...common,
  model: text().describe('The model id, passed on as it is.'),
}).describe("A vendor's own API, asked over HTTP.");

const command = object({
  type: z.literal('command').describe('A program that answers a prompt.'),
  command: names('a list with the program and its arguments').describe(
    'Program and arguments, started without a shell; {prompt-file} and {model} are filled in. A program with a path separator, and arguments that begin with ./ or ../, start from the folder of this file.',
  ),
  prompt: oneOf(['stdin', 'file']).describe('How the program is given the prompt.'),
  env: z
    .array(variableName(), 'a list of names of environment variables')
    .optional()
    .describe('Names of variables that the program may see besides PATH, HOME and the locale.'),
  ...ofProcess,
}).describe('Any program that answers a prompt.');

const module = object({
  type: z.literal('module').describe('A runner of your own.'),
  url: text('a path or a file: URL').describe('A path relative to this file, or a file: URL.'),
  ...common,
}).describe('A runner of your own, loaded from a module.');

const local = object({
  type: z.literal('local').describe('A small model that runs on this machine.'),
  file: text('the path of a GGUF file')
    .optional()
    .describe('A GGUF file of your own, in place of the downloaded model.'),
  ...ofProcess,
}).describe('A small model that is downloaded once with --local and runs on this machine.');

const replay = object({
  type: z.literal('replay').describe('Recorded answers.'),
  path: text('the path of a recordings file').describe('The recordings file.'),
  as: text().describe('Whose recorded answers are played.'),
  ...common,
}).describe('Recorded answers, played back.');

const runner: z.ZodType<RunnerConfig> = z.discriminatedUnion(
  'type',
  [cliRunner, openAiCompatible, api, command, module, local, replay],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? `one of ${runnerTypes.join(', ')}` : 'an object',
  },
);

const category: z.ZodType<CategoryConfig> = object({
  keywords: z
    .array(text(), 'a list of words')
    .optional()
    .describe('The words that show the category, matched whole, singular or plural, in any case.'),
  primaries: names('a list of runners').optional().describe('Who is asked, best first.'),
  validators: z
    .array(text(), 'a list of runners')
    .optional()
    .describe('Who checks the answer, best first.'),
  validator: text('the name of a runner')
    .optional()
    .describe('Who checks the answer first; those of before follow.'),
}).describe('A kind of task; what is left out stays as it was.');

const { maxSeats } = configLimits;
const wantedPrimaries = `${wholeNumber(1, maxSeats)}, or "all"`;

const mode: z.ZodType<ModeConfig> = object({
  primaries: z
    .union([count(1, maxSeats, wantedPrimaries), z.literal('all')], wantedPrimaries)
    .optional()
    .describe('How many runners are asked; "all" means every one of the category.'),
  validators: count(0, maxSeats).optional().describe('How many runners check the answer.'),
}).describe('How many seats the mode has.');

const history = object({
  path: text('the path of a file')
    .optional()
    .describe(
      "A file, relative to this one; the one in the folder of the person's data when left out.",
    ),
  url: databaseUrl()
    .optional()
    .describe('A PostgreSQL database in place of a file: postgres://user@host:5432/database.'),
  passwordEnv: variableName()
    .optional()
    .describe(
      'The name of the environment variable with the password of the database; PGPASSWORD and ~/.pgpass when left out.',
    ),
  retentionDays: count(1, configLimits.maxDays)
    .optional()
    .describe('After how many days a run is removed; never when left out.'),
}).describe('Where and how long runs are kept.');

const cache = object({
  path: text('the path of a folder')
    .optional()
    .describe(
      "A folder, relative to this file; the one in the folder of the person's caches when left out.",
    ),
  maxAgeDays: count(1, configLimits.maxDays)
    .optional()
    .describe('After how many days an answer is asked for anew; 30 when left out.'),
  maxBytes: count(configLimits.minCacheBytes, configLimits.maxCacheBytes)
    .optional()
    .describe('Bytes of all answers together; 268435456 (256 MiB) when left out.'),
}).describe('Where, how long and how much is kept.');

/** The shape of a configuration file, from which its published JSON Schema is made. */
export const configSchema: z.ZodType<ConfigFile> = object({
  $schema: z.string('a string').optional().describe('The address of this schema, for editors.'),
  mode: oneOf([...modes, 'auto'])
    .optional()
    .describe('The mode of a task that names none.'),
  models: names('a list of runners')
    .optional()
    .describe("The runners that are asked instead of the category's, in this order."),
  route: oneOf(routeWishes)
    .optional()
    .describe(
      'Who is asked: usual, as the categories say, or learned, by what the history says of the models.',
    ),
  timeout: seconds()
    .optional()
    .describe('Seconds for one model, its retries and waits included; 60 when left out.'),
  stall: seconds()
    .optional()
    .describe('Seconds without a sign of life from a model; 30 when left out.'),
  runTimeout: seconds().optional().describe('Seconds for the whole run; no limit when left out.'),
  retries: retries()
    .optional()
    .describe('Further requests after a transient failure; 1 when left out.'),
  sandbox: oneOf(['auto', 'namespaces', 'kernel', 'seatbelt', 'runtime'])
    .optional()
    .describe(
      'The weakest level of sandbox in which code of models is run; only in your own file, not in that of a project.',
    ),
  strict: z
    .boolean('true or false')
    .optional()
    .describe('Forbids giving the seat of an unavailable runner to another.'),
  checks: object({
    commands: names('a list of command lines')
      .optional()
      .describe('Lines for the shell, run in a fresh copy with the answer over it.'),
    tests: names('a list of paths').optional().describe('Test files, relative to this file.'),
    folder: text('the path of a folder')
      .optional()
      .describe('The folder that is copied for every check, relative to this file.'),
    timeout: seconds()
      .optional()
      .describe('Seconds for one check of one answer; 60 when left out.'),
  })
    .optional()
    .describe('What every answer is checked with; a list takes the place of a weaker one.'),
  history: z
    .union(
      [historyText(), z.literal(false), history],
      'a path, the address of a database without its password, an object, or false to keep no runs',
    )
    .optional()
    .describe(
      'Where runs are kept: the path of a file, or the address of a PostgreSQL database; false to keep none.',
    ),
  cache: z
    .union([z.boolean(), cache], 'an object, true or false')
    .optional()
    .describe('Keeps whole answers and gives them again, asking nobody; not when left out.'),
  localServers: z
    .union(
      [z.record(plainName('server'), count(1, 65_535)), z.literal(false)],
      'an object of ports by name, or false to look for none',
    )
    .optional()
    .describe(
      'The ports of 127.0.0.1 where model servers are looked for, by the names to ask them by; false to look for none.',
    ),
  runners: z
    .record(plainName('runner'), runner, 'an object of runners by name')
    .optional()
    .describe('Further runners by name, and the built-in ones redefined or adjusted.'),
  categories: z
    .record(
      plainName('category'),
      z.union([category, z.literal(false)], 'an object, or false to remove the category'),
      'an object of categories by name',
    )
    .optional()
    .describe('Further categories by name, and the built-in ones adjusted, or removed by false.'),
  modes: object({
    simple: mode.optional().describe('For quick tasks.'),
    medium: mode.optional().describe('For standard tasks.'),
    complex: mode.optional().describe('For critical code.'),
    architectural: mode.optional().describe('For designs, from all perspectives.'),
  })
    .optional()
    .describe('How many seats each mode has.'),
}).meta({
  title: 'Configuration of multi-model-orchestrator',
  description: 'orchestrator.config.json, or the key "orchestrator" of package.json.',
});
