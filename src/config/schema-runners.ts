import * as z from 'zod';
import type { RateLimitsConfig, RunnerConfig } from './config-file.ts';
import { builtInRunners } from './defaults.ts';
import { configLimits } from './limits.ts';
import { runnerTypes } from './runner-from.ts';
import {
  count,
  headerName,
  headerValue,
  names,
  object,
  oneOf,
  retries,
  seconds,
  text,
  variableName,
} from './schema-parts.ts';

const url = () =>
  z.url({ protocol: /^https?$/, error: 'a URL string that starts with http:// or https://' });
const price = () => {
  const wanted = 'US dollars for a million tokens';
  return z.number(wanted).min(0, wanted);
};
const wantedStrength = `a number above 0 and below 1, or such numbers by category`;
const strength = () => z.number(wantedStrength).gt(0, wantedStrength).lt(1, wantedStrength);

const rateLimits = {
  concurrency: count(1, configLimits.maxConcurrency)
    .optional()
    .describe('Requests in flight at once, of all processes together; no limit when left out.'),
  requestsPerMinute: count(1, configLimits.maxRequestsPerMinute)
    .optional()
    .describe('Requests that begin within any 60 seconds; no limit when left out.'),
  tokensPerMinute: count(1, configLimits.maxTokensPerMinute)
    .optional()
    .describe(
      'Tokens of prompts and answers of the requests of any 60 seconds; no limit when left out.',
    ),
};

const common = {
  model: text().optional().describe('The model id, passed on as it is.'),
  timeout: seconds()
    .optional()
    .describe('Seconds for one seat, its retries and waits included; weaker than --timeout.'),
  stall: seconds().optional().describe('Seconds without a sign of life until a request is ended.'),
  retries: retries().optional().describe('Further requests after a transient failure.'),
  ...rateLimits,
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
  provider: text()
    .optional()
    .describe('Whose limits hold; the host of the base URL when left out.'),
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

/** A runner. */
export const runnerSchema: z.ZodType<RunnerConfig> = z.discriminatedUnion(
  'type',
  [cliRunner, openAiCompatible, api, command, module, local, replay],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? `one of ${runnerTypes.join(', ')}` : 'an object',
  },
);

/** What runners of one provider share. */
export const providerSchema: z.ZodType<RateLimitsConfig> = object(rateLimits).describe(
  'What all runners of one provider share.',
);
