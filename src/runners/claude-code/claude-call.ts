import type { CliCall, CliQuestion } from '../../vendor-cli/vendor-cli.ts';

/** How Claude Code is started: no tools, nothing of the user's settings, nothing kept. */
export function claudeCall(question: CliQuestion): CliCall {
  const { baseUrl, credential, limitMs, maxOutputTokens, model, system, text } = question;
  const hasApiKey = credential.status === 'key' && credential.variable === 'ANTHROPIC_API_KEY';
  return {
    args: [
      '-p',
      // The stream needs `--verbose`.
      ...['--output-format', 'stream-json', '--verbose', '--include-partial-messages'],
      ...['--tools', '', '--system-prompt', system || 'You only answer.'],
      ...['--no-session-persistence', '--strict-mcp-config', '--setting-sources', ''],
      '--disable-slash-commands',
      // Reads no memory and no hooks, and no login either.
      ...(hasApiKey ? ['--bare'] : []),
      ...(model === undefined ? [] : ['--model', model]),
    ],
    env: {
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
      CLAUDE_CODE_MAX_RETRIES: '0',
      CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
      CLAUDE_CODE_DISABLE_REFUSAL_RETRY: '1',
      // A model that was named is not replaced by another one.
      CLAUDE_CODE_DISABLE_REFUSAL_FALLBACK: '1',
      CLAUDE_CODE_DISABLE_MODEL_ACCESS_FALLBACK: '1',
      CLAUDE_CODE_NO_MODEL_FALLBACK: '1',
      API_TIMEOUT_MS: String(Math.ceil(limitMs)),
      ...(maxOutputTokens === undefined
        ? undefined
        : { CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(maxOutputTokens) }),
      ...(baseUrl === undefined ? undefined : { ANTHROPIC_BASE_URL: baseUrl }),
    },
    files: {},
    input: text,
  };
}
