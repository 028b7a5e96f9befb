import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CliRunnerSettings } from '../src/domain/runner-settings.ts';
import type { VendorReply } from '../src/testing/vendor-servers/vendor-reply.ts';

/** One vendor's program, as it is installed for these tests. */
export interface Vendor {
  readonly type: CliRunnerSettings['type'];
  readonly program: string;
  readonly model: string;
  /** The variable in which the program wants its key. */
  readonly keyVariable: string;
  /** The base URL in the vendor's own manner, of a server whose address ends in `/v1`. */
  readonly baseUrl: (url: string) => string;
  /** How the vendor refuses a key that it does not know. */
  readonly wrongKey: VendorReply;
  readonly tooLong: VendorReply;
  readonly noCredit: VendorReply;
  readonly overloaded: VendorReply;
}

const root = fileURLToPath(new URL('../.cache/vendors/', import.meta.url));
const withoutVersion = (url: string): string => url.replace(/\/v1$/, '');

/** The four programs. */
export const vendors: readonly Vendor[] = [
  {
    type: 'claude-code',
    program: `${root}node_modules/.bin/claude`,
    model: 'claude-sonnet-5-5',
    keyVariable: 'ANTHROPIC_API_KEY',
    baseUrl: withoutVersion,
    wrongKey: { status: 401, message: 'invalid x-api-key' },
    tooLong: { status: 400, message: 'prompt is too long: 250000 tokens > 200000 maximum' },
    noCredit: {
      status: 400,
      message: 'Your credit balance is too low to access the Anthropic API.',
    },
    overloaded: { status: 529, message: 'Overloaded' },
  },
  {
    type: 'codex',
    program: `${root}node_modules/.bin/codex`,
    model: 'gpt-5.1',
    keyVariable: 'CODEX_API_KEY',
    baseUrl: (url) => url,
    wrongKey: { status: 401, message: 'Incorrect API key provided: sk-***' },
    tooLong: {
      status: 400,
      code: 'context_length_exceeded',
      message: 'Your input exceeds the context window of this model.',
    },
    noCredit: {
      status: 429,
      code: 'insufficient_quota',
      message: 'You exceeded your current quota, please check your plan and billing details.',
    },
    overloaded: { status: 503, code: 'server_is_overloaded', message: 'Overloaded' },
  },
  {
    type: 'gemini',
    program: `${root}node_modules/.bin/gemini`,
    model: 'gemini-2.5-flash',
    keyVariable: 'GEMINI_API_KEY',
    baseUrl: withoutVersion,
    wrongKey: { status: 400, message: 'API key not valid. Please pass a valid API key.' },
    tooLong: {
      status: 400,
      message:
        'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
    },
    noCredit: { status: 402, message: 'Your prepayment credits are depleted.' },
    overloaded: { status: 503, message: 'The model is overloaded. Please try again later.' },
  },
  {
    type: 'grok',
    program: `${root}home/.grok/bin/grok`,
    model: 'grok-4',
    keyVariable: 'XAI_API_KEY',
    baseUrl: (url) => url,
    wrongKey: { status: 400, message: 'Incorrect API key provided: du***23.' },
    tooLong: {
      status: 400,
      message:
        "This model's maximum prompt length is 131072 but the request contains 200000 tokens.",
    },
    noCredit: {
      status: 403,
      message: 'Your newly created team does not have any credits or licenses yet.',
    },
    overloaded: { status: 503, message: 'The service is currently unavailable' },
  },
];

/** Whether all four are there; `tools/test-vendors.mjs` says why not. */
export const areInstalled: boolean = vendors.every(({ program }) => existsSync(program));
