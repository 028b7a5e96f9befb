import { join } from 'node:path';
import type { CliCall, CliQuestion } from '../../vendor-cli/vendor-cli.ts';

/** How `grok` is started: with the fewest tools that it allows, one turn, no second call for a summary. */
export function grokCall({ baseUrl, folder, model, system, text }: CliQuestion): CliCall {
  return {
    args: [
      // It reads no stdin.
      ...['--prompt-file', join(folder, 'prompt.txt')],
      ...(model === undefined ? [] : ['-m', model]),
      ...['--output-format', 'json', '--max-turns', '1', '--no-plan', '--no-subagents'],
      ...['--disable-web-search', '--permission-mode', 'dontAsk', '--tools', 'todo_write'],
      ...['--system-prompt-override', system || 'You only answer.', '--verbatim'],
    ],
    env: {
      GROK_DISABLE_AUTOUPDATER: '1',
      GROK_TELEMETRY_ENABLED: '0',
      GROK_TURN_SUMMARY: '0',
      ...(baseUrl === undefined ? undefined : { GROK_XAI_API_BASE_URL: baseUrl }),
    },
    files: { 'prompt.txt': text },
    input: '',
  };
}
