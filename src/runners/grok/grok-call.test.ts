import { expect, test } from 'vitest';
import type { CliQuestion } from '../../vendor-cli/vendor-cli.ts';
import { grokCall } from './grok-call.ts';

const question: CliQuestion = {
  system: 'Be short.',
  text: 'Say hello',
  model: 'grok-x',
  maxOutputTokens: undefined,
  baseUrl: 'http://127.0.0.1:1/v1',
  credential: { status: 'login' },
  folder: '/private',
  limitMs: 60_000,
};

test('grokCall() gives the prompt by file, and turns off what it can', () => {
  expect(grokCall(question)).toEqual({
    args: [
      '--prompt-file',
      '/private/prompt.txt',
      '-m',
      'grok-x',
      '--output-format',
      'json',
      '--max-turns',
      '1',
      '--no-plan',
      '--no-subagents',
      '--disable-web-search',
      '--permission-mode',
      'dontAsk',
      '--tools',
      'todo_write',
      '--system-prompt-override',
      'Be short.',
      '--verbatim',
    ],
    env: {
      GROK_DISABLE_AUTOUPDATER: '1',
      GROK_TELEMETRY_ENABLED: '0',
      GROK_TURN_SUMMARY: '0',
      GROK_MAX_RETRIES: '0',
      GROK_TURN_TRANSIENT_RETRY: '0',
      RUST_LOG: 'warn',
      GROK_XAI_API_BASE_URL: 'http://127.0.0.1:1/v1',
    },
    files: { 'prompt.txt': 'Say hello' },
    input: '',
  });
});

test.skipIf(process.platform === 'win32')('grokCall() keeps sessions to the run with a key', () => {
  const credential = { status: 'key', variable: 'XAI_API_KEY', value: 'x' } as const;
  expect(grokCall({ ...question, credential })).toMatchObject({
    env: { GROK_HOME: '/private/home' },
    files: { 'home/': '' },
  });
});
