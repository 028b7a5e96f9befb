import { noLimit } from '../domain/budget.ts';
import type { Category } from '../domain/category.ts';
import type { CliRunnerSettings } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';

/** The runners that are there without any configuration. */
export const builtInRunners = ['claude-code', 'codex', 'gemini', 'grok'] as const;

type BuiltIn = (typeof builtInRunners)[number];

/** The category of a task that no keyword decides; it cannot be removed and is always the last. */
export const generalCategory = 'general';

/** The settings that hold where nothing else is said. */
export const builtInSettings: Settings = {
  runners: Object.fromEntries(builtInRunners.map((name) => [name, cliRunner(name)])),
  providers: {},
  categories: [
    category('frontend', ['react', 'component', 'ui', 'form'], ['gemini', 'claude-code', 'codex']),
    category(
      'backend',
      ['api', 'endpoint', 'service', 'database'],
      ['claude-code', 'codex', 'gemini'],
    ),
    category('devops', ['docker', 'kubernetes', 'ci/cd'], ['codex', 'grok', 'claude-code']),
    category(
      'scripts',
      ['script', 'automation', 'bash', 'cli'],
      ['codex', 'gemini', 'claude-code'],
    ),
    category('data', ['data', 'pipeline', 'etl', 'sql'], ['codex', 'claude-code', 'gemini']),
    category('architecture', ['architecture', 'design', 'scale'], ['grok', 'claude-code', 'codex']),
    category(generalCategory, [], ['claude-code', 'codex', 'gemini']),
  ],
  modes: {
    simple: { primaries: 1, validators: 0 },
    medium: { primaries: 2, validators: 1 },
    complex: { primaries: 2, validators: 2 },
    architectural: { primaries: 'all', validators: 0 },
  },
  defaultMode: 'medium',
  defaultModels: undefined,
  route: 'usual',
  limits: { timeoutMs: 60_000, stallMs: 30_000, retries: 1, runTimeoutMs: undefined },
  localServers: { ollama: 11434, 'lm-studio': 1234, 'llama-server': 8080, vllm: 8000 },
  checks: { commands: [], tests: [], folder: undefined, timeoutMs: 60_000 },
  sandbox: 'runtime',
  strict: false,
  history: { keep: undefined, path: undefined, server: undefined, retentionDays: undefined },
  cassette: { record: undefined, replay: undefined, pace: 'fast' },
  cache: { use: false, path: undefined, maxAgeMs: 30 * 86_400_000, maxBytes: 256 * 1024 * 1024 },
  budgets: { run: noLimit, project: noLimit, day: noLimit, folder: undefined },
  engine: { url: undefined },
};

/** A row of the table: two primaries and the validator. */
function category(
  name: string,
  keywords: readonly string[],
  [first, second, validator]: readonly [BuiltIn, BuiltIn, BuiltIn],
): Category {
  // The complex mode needs a second validator, which is the one runner that the row leaves over.
  const rest = builtInRunners.filter((runner) => ![first, second, validator].includes(runner));
  return { name, keywords, primaries: [first, second], validators: [validator, ...rest] };
}

function cliRunner(type: BuiltIn): CliRunnerSettings {
  return {
    type,
    command: undefined,
    apiKey: undefined,
    baseUrl: undefined,
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
  };
}
