import type { CliRunnerSettings, RunnerFactory } from '../../domain/runner-settings.ts';
import { cliRunner } from '../../vendor-cli/cli-runner.ts';
import type { VendorCli } from '../../vendor-cli/vendor-cli.ts';
import { geminiCall } from './gemini-call.ts';
import { geminiOutput } from './gemini-output.ts';

/** Google's Gemini CLI. */
export const gemini: RunnerFactory<CliRunnerSettings> = (name, settings, tools) =>
  cliRunner({ name, vendor: geminiCli, settings, tools });

const geminiCli: VendorCli = {
  program: 'gemini',
  streaming: false,
  install: 'npm install -g @google/gemini-cli',
  signIn: 'gemini',
  credentials: [
    { type: 'key', variable: 'GEMINI_API_KEY' },
    { type: 'key', variable: 'GOOGLE_API_KEY', passedAs: 'GEMINI_API_KEY' },
    { type: 'login', folder: '.gemini', file: 'oauth_creds.json' },
  ],
  keyVariable: 'GEMINI_API_KEY',
  env: ['GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_LOCATION', 'GOOGLE_GEMINI_BASE_URL'],
  api: {
    variable: 'GOOGLE_GEMINI_BASE_URL',
    withKey: 'https://generativelanguage.googleapis.com',
    withLogin: 'https://cloudcode-pa.googleapis.com',
  },
  // It cuts what is longer, and says so on stderr only.
  promptMax: { count: 8 * 1024 * 1024 - 1, unit: 'bytes' },
  call: geminiCall,
  output: geminiOutput,
  exits: { 41: 'not-signed-in', 42: 'bad-usage', 55: 'bad-usage' },
};
