import { join } from 'node:path';
import type { CliCall, CliQuestion } from '../../vendor-cli/vendor-cli.ts';

/**
 * How `grok` is started: with the fewest tools that it allows, one turn, no second call for a summary. It
 * keeps every session with its prompt, so with a key it gets a home of its own; with a login, the user's.
 */
export function grokCall(question: CliQuestion): CliCall {
  const { baseUrl, credential, folder, model, system, text } = question;
  // On Windows a launcher would unpack the whole program into each new home.
  const hasOwnHome = credential.status === 'key' && process.platform !== 'win32';
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
      GROK_MAX_RETRIES: '0',
      // Its second layer of retries, of whole turns, after a 5xx or a broken stream.
      GROK_TURN_TRANSIENT_RETRY: '0',
      // Makes it say on stderr why it has no list of models.
      RUST_LOG: 'warn',
      ...(hasOwnHome ? { GROK_HOME: join(folder, 'home') } : undefined),
      ...(baseUrl === undefined ? undefined : { GROK_XAI_API_BASE_URL: baseUrl }),
    },
    files: { 'prompt.txt': text, ...(hasOwnHome ? { 'home/': '' } : undefined) },
    input: '',
  };
}
