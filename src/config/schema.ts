import * as z from 'zod';
import { routeWishes } from '../domain/learning.ts';
import { modes } from '../domain/mode.ts';
import type { BudgetConfig, CategoryConfig, ConfigFile, ModeConfig } from './config-file.ts';
import { configLimits } from './limits.ts';
import {
  count,
  databaseUrl,
  historyText,
  names,
  object,
  oneOf,
  plainName,
  retries,
  seconds,
  text,
  variableName,
  wholeNumber,
} from './schema-parts.ts';
import { providerSchema, runnerSchema } from './schema-runners.ts';

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
const wantedCost = `US dollars from 0 to ${configLimits.maxDollars}`;

const budget = (whose: string): z.ZodType<BudgetConfig> =>
  object({
    cost: z
      .number(wantedCost)
      .min(0, wantedCost)
      .max(configLimits.maxDollars, wantedCost)
      .optional()
      .describe('US dollars; no limit when left out.'),
    tokens: count(1, configLimits.maxBudgetTokens)
      .optional()
      .describe('Tokens of prompts and answers together; no limit when left out.'),
  }).describe(whose);

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
  budgets: object({
    run: budget('Of each run.').optional(),
    day: budget('Of all runs of a day, by the local time; needs a history.').optional(),
    project: budget('Of all runs of a project; needs a history.').optional(),
  })
    .optional()
    .describe('The most that may be used; of two files the lower number holds.'),
  engine: object({
    url: text('an address').describe('Such as redis://HOST:6379, or rediss:// with TLS.'),
  })
    .optional()
    .describe('The Redis or Valkey that workers share; this process alone when left out.'),
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
    .record(plainName('runner'), runnerSchema, 'an object of runners by name')
    .optional()
    .describe('Further runners by name, and the built-in ones redefined or adjusted.'),
  providers: z
    .record(text('the name of a provider'), providerSchema, 'an object of providers by name')
    .optional()
    .describe(
      'What all runners of a provider share, by its name: anthropic, openai, google, xai, or the host of a server.',
    ),
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
