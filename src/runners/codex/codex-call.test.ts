import { describe, expect, test } from 'vitest';
import type { CliQuestion } from '../../vendor-cli/vendor-cli.ts';
import { codexCall } from './codex-call.ts';

const question: CliQuestion = {
  system: 'Be short.',
  text: 'Say hello',
  model: 'gpt-x',
  maxOutputTokens: undefined,
  baseUrl: undefined,
  credential: { status: 'login' },
  folder: '/private',
  limitMs: 60_000,
};
const key = { status: 'key', variable: 'CODEX_API_KEY', value: 'k' } as const;

describe('codexCall()', () => {
  test('asks by stdin, read-only, in the empty folder, with the instructions in a file', () => {
    const { args, files, input } = codexCall(question);
    expect(args.slice(0, 11)).toEqual([
      'exec',
      '--json',
      '--ephemeral',
      '--skip-git-repo-check',
      '--ignore-user-config',
      '--ignore-rules',
      '-s',
      'read-only',
      '-C',
      '/private/work',
      '-m',
    ]);
    expect(args).toContain('model_instructions_file="/private/system.md"');
    expect(args.at(-1)).toBe('-');
    expect(files).toEqual({ 'system.md': 'Be short.' });
    expect(input).toBe('Say hello');
    expect(args.join(' ')).not.toContain('Say hello');
  });

  test('turns off the analytics, the search, the shell and the endless reconnecting', () => {
    const line = codexCall(question).args.join(' ');
    for (const part of [
      '-c analytics.enabled=false',
      '-c web_search="disabled"',
      '--disable shell_tool',
      '--disable unbounded_connection_retries',
    ]) {
      expect(line).toContain(part);
    }
  });

  test("leaves a login with Codex' own provider", () => {
    expect(codexCall(question).args.join(' ')).not.toContain('model_provider');
  });

  test('turns the retries off for a key, by a provider of its own', () => {
    const { args } = codexCall({ ...question, credential: key });
    expect(args).toContain('model_provider="orchestrator"');
    expect(args).toContain(
      'model_providers.orchestrator={name="OpenAI",base_url="https://api.openai.com/v1",wire_api="responses",requires_openai_auth=true,supports_websockets=false,request_max_retries=0,stream_max_retries=0,stream_idle_timeout_ms=60000}',
    );
  });

  test('asks another address, quoted, with key or login', () => {
    const line = codexCall({ ...question, baseUrl: 'http://127.0.0.1:1/"v1' }).args.join(' ');
    expect(line).toContain(String.raw`base_url="http://127.0.0.1:1/\"v1"`);
  });
});
