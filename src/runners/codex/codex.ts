import type { CliRunnerSettings, RunnerFactory } from '../../domain/runner-settings.ts';
import { cliRunner } from '../../vendor-cli/cli-runner.ts';
import type { VendorCli } from '../../vendor-cli/vendor-cli.ts';
import { codexCall } from './codex-call.ts';
import { codexOutput } from './codex-output.ts';
import { codexProgress } from './codex-progress.ts';

/** OpenAI's Codex CLI. */
export const codex: RunnerFactory<CliRunnerSettings> = (name, settings, tools) =>
  cliRunner({ name, vendor: codexCli, settings, tools });

const codexCli: VendorCli = {
  program: 'codex',
  streaming: false,
  install: 'npm install -g @openai/codex',
  signIn: 'codex login',
  credentials: [
    { type: 'key', variable: 'CODEX_API_KEY' },
    { type: 'login', folderVariable: 'CODEX_HOME', folder: '.codex', file: 'auth.json' },
    // Codex itself takes no notice of it, so it is weaker than a login.
    { type: 'key', variable: 'OPENAI_API_KEY', passedAs: 'CODEX_API_KEY' },
  ],
  keyVariable: 'CODEX_API_KEY',
  env: ['CODEX_HOME'],
  api: {
    withKey: 'https://api.openai.com/v1',
    withLogin: 'https://chatgpt.com/backend-api/codex',
  },
  promptMax: { count: 1_048_576, unit: 'characters' },
  call: codexCall,
  output: { ...codexOutput, progress: codexProgress },
  exits: { 2: 'bad-usage' },
  statusArgs: ['login', 'status'],
};
