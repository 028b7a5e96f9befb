import { describe, expect, test } from 'vitest';
import type { CliQuestion } from '../../vendor-cli/vendor-cli.ts';
import { geminiCall } from './gemini-call.ts';

const question: CliQuestion = {
  system: 'Be short.',
  text: 'Say hello',
  model: 'gemini-x',
  maxOutputTokens: undefined,
  baseUrl: undefined,
  credential: { status: 'key', variable: 'GEMINI_API_KEY', value: 'k' },
  folder: '/private',
  limitMs: 60_000,
};

describe('geminiCall()', () => {
  test('asks with a key in a home of its own, without tools and retries', () => {
    const { args, env, files, input } = geminiCall(question);
    expect(args).toEqual(['-m', 'gemini-x', '-o', 'json']);
    expect(env).toEqual({
      GEMINI_CLI_NO_RELAUNCH: 'true',
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
      GEMINI_SYSTEM_MD: '/private/system.md',
      NO_COLOR: '1',
      TERM: 'xterm-256color',
      GEMINI_TELEMETRY_ENABLED: 'true',
      GEMINI_TELEMETRY_TARGET: 'local',
      GEMINI_TELEMETRY_OUTFILE: '/private/trace.log',
      GEMINI_TELEMETRY_LOG_PROMPTS: 'false',
      GEMINI_TELEMETRY_TRACES_ENABLED: 'false',
      GEMINI_CLI_HOME: '/private/home',
    });
    expect(files['system.md']).toBe('Be short.');
    const { 'home/.gemini/settings.json': settings = '' } = files;
    expect(JSON.parse(settings)).toMatchObject({
      security: { auth: { selectedType: 'gemini-api-key' } },
      tools: { core: ['none'] },
      general: { maxAttempts: 1, retryFetchErrors: false },
    });
    expect(input).toBe('Say hello');
  });

  test('leaves a login in the home where it is', () => {
    const { env, files } = geminiCall({ ...question, credential: { status: 'login' } });
    expect(env).not.toHaveProperty('GEMINI_CLI_HOME');
    expect(Object.keys(files)).toEqual(['system.md']);
  });

  test('always names a model, and another address where one is set', () => {
    const baseUrl = 'http://127.0.0.1:1';
    const { args, env } = geminiCall({ ...question, model: undefined, baseUrl });
    expect(args.slice(0, 2)).toEqual(['-m', 'gemini-2.5-flash']);
    expect(env).toMatchObject({ GOOGLE_GEMINI_BASE_URL: baseUrl });
  });
});
