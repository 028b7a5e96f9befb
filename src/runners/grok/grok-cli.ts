import type { VendorCli } from '../../vendor-cli/vendor-cli.ts';
import { grokCall } from './grok-call.ts';
import { grokOutput } from './grok-output.ts';

/** xAI's official `grok`. */
export const grokCli: VendorCli = {
  program: 'grok',
  streaming: false,
  install: 'Set GROK_API_KEY, or npm install -g @xai-official/grok',
  signIn: 'grok login',
  credentials: [
    { type: 'key', variable: 'XAI_API_KEY' },
    { type: 'key', variable: 'GROK_API_KEY', passedAs: 'XAI_API_KEY' },
    { type: 'login', folder: '.grok', file: 'auth.json' },
  ],
  keyVariable: 'XAI_API_KEY',
  env: [],
  api: { withKey: 'https://api.x.ai/v1' },
  // The prompt is a file, for which no limit is known; the others' largest is taken.
  promptMax: { count: 10_000_000, unit: 'bytes' },
  call: grokCall,
  output: grokOutput,
  exits: { 2: 'bad-usage' },
};
