import { join } from 'node:path';
import type { CliCall, CliQuestion } from '../../vendor-cli/vendor-cli.ts';

/** Asked when the settings name no model: without a name each prompt first costs a call that chooses one. */
const defaultModel = 'gemini-2.5-flash';

/** The file below the private folder in which it keeps what it did. */
const trace = 'trace.log';

const settings = {
  security: { auth: { selectedType: 'gemini-api-key' } },
  // A name that no tool has, so that none is left.
  tools: { core: ['none'] },
  privacy: { usageStatisticsEnabled: false },
  general: {
    maxAttempts: 1,
    retryFetchErrors: false,
    enableAutoUpdate: false,
    enableAutoUpdateNotification: false,
  },
} as const;

/** How Gemini is started: with a key, in a home of its own; with a login, in the user's, where the login is. */
export function geminiCall(question: CliQuestion): CliCall {
  const { baseUrl, credential, folder, model, system, text } = question;
  const hasKey = credential.status === 'key';
  return {
    // Its stream of events would not show that a broken answer was begun anew; the one document does.
    args: ['-m', model ?? defaultModel, '-o', 'json'],
    env: {
      GEMINI_CLI_NO_RELAUNCH: 'true',
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
      GEMINI_SYSTEM_MD: join(folder, 'system.md'),
      NO_COLOR: '1',
      TERM: 'xterm-256color',
      // Its output does not tell an answer that was cut for want of room; what it keeps of its own work does.
      GEMINI_TELEMETRY_ENABLED: 'true',
      GEMINI_TELEMETRY_TARGET: 'local',
      GEMINI_TELEMETRY_OUTFILE: join(folder, trace),
      GEMINI_TELEMETRY_LOG_PROMPTS: 'false',
      GEMINI_TELEMETRY_TRACES_ENABLED: 'false',
      ...(hasKey ? { GEMINI_CLI_HOME: join(folder, 'home') } : undefined),
      ...(baseUrl === undefined ? undefined : { GOOGLE_GEMINI_BASE_URL: baseUrl }),
    },
    files: {
      'system.md': system || 'You only answer.',
      ...(hasKey ? { 'home/.gemini/settings.json': JSON.stringify(settings) } : undefined),
    },
    input: text,
    trace,
  };
}
