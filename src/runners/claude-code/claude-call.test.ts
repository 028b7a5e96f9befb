import { describe, expect, test } from 'vitest';
import type { CliQuestion } from '../../vendor-cli/vendor-cli.ts';
import { claudeCall } from './claude-call.ts';

const question: CliQuestion = {
  system: 'Be short.',
  text: 'Say hello',
  model: undefined,
  maxOutputTokens: undefined,
  baseUrl: undefined,
  credential: { status: 'login' },
  folder: '/private',
  limitMs: 60_000,
};

describe('claudeCall()', () => {
  test('asks for an answer only, by stdin, with nothing kept and no retries', () => {
    expect(claudeCall(question)).toEqual({
      args: [
        '-p',
        '--output-format',
        'stream-json',
        '--verbose',
        '--include-partial-messages',
        '--tools',
        '',
        '--system-prompt',
        'Be short.',
        '--no-session-persistence',
        '--strict-mcp-config',
        '--setting-sources',
        '',
        '--disable-slash-commands',
      ],
      env: {
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_AUTOUPDATER: '1',
        DISABLE_TELEMETRY: '1',
        DISABLE_ERROR_REPORTING: '1',
        CLAUDE_CODE_MAX_RETRIES: '0',
        CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
        CLAUDE_CODE_DISABLE_REFUSAL_RETRY: '1',
        CLAUDE_CODE_DISABLE_REFUSAL_FALLBACK: '1',
        CLAUDE_CODE_DISABLE_MODEL_ACCESS_FALLBACK: '1',
        CLAUDE_CODE_NO_MODEL_FALLBACK: '1',
        API_TIMEOUT_MS: '60000',
      },
      files: {},
      input: 'Say hello',
    });
  });

  test('passes on model, limit and address', () => {
    const more = { model: 'x', maxOutputTokens: 99, baseUrl: 'http://127.0.0.1:1' };
    const { args, env } = claudeCall({ ...question, ...more });
    expect(args.slice(-2)).toEqual(['--model', 'x']);
    expect(env).toMatchObject({
      CLAUDE_CODE_MAX_OUTPUT_TOKENS: '99',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:1',
    });
  });

  test('leaves the login out of play only for an API key', () => {
    const key = (variable: string) => ({ status: 'key', variable, value: 'k' }) as const;
    const argsOf = (variable: string): readonly string[] =>
      claudeCall({ ...question, credential: key(variable) }).args;
    expect(argsOf('ANTHROPIC_API_KEY')).toContain('--bare');
    expect(argsOf('CLAUDE_CODE_OAUTH_TOKEN')).not.toContain('--bare');
  });
});
