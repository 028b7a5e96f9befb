import type { CliRunnerSettings, RunnerFactory } from '../../domain/runner-settings.ts';
import { cliRunner } from '../../vendor-cli/cli-runner.ts';
import type { VendorCli } from '../../vendor-cli/vendor-cli.ts';
import { claudeCall } from './claude-call.ts';
import { claudeOutput } from './claude-output.ts';

/** Anthropic's Claude Code. */
export const claudeCode: RunnerFactory<CliRunnerSettings> = (name, settings, tools) =>
  cliRunner({ name, vendor: claude, settings, tools });

const claude: VendorCli = {
  program: 'claude',
  streaming: true,
  install: 'npm install -g @anthropic-ai/claude-code',
  signIn: 'claude auth login',
  credentials: [
    { type: 'key', variable: 'ANTHROPIC_AUTH_TOKEN' },
    { type: 'key', variable: 'ANTHROPIC_API_KEY' },
    { type: 'key', variable: 'CLAUDE_CODE_OAUTH_TOKEN' },
    {
      type: 'login',
      folderVariable: 'CLAUDE_CONFIG_DIR',
      folder: '.claude',
      file: '.credentials.json',
      keychain: true,
    },
  ],
  keyVariable: 'ANTHROPIC_API_KEY',
  env: ['ANTHROPIC_BASE_URL', 'ANTHROPIC_CUSTOM_HEADERS', 'CLAUDE_CONFIG_DIR'],
  api: {
    variable: 'ANTHROPIC_BASE_URL',
    withKey: 'https://api.anthropic.com',
    withLogin: 'https://api.anthropic.com',
  },
  promptMax: { count: 10_000_000, unit: 'bytes' },
  call: claudeCall,
  output: claudeOutput,
  exits: {},
  statusArgs: ['auth', 'status'],
};
