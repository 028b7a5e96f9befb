import type { Runner } from '../domain/runner.ts';
import type { RunnerFactory, RunnerSettings, RunnerTools } from '../domain/runner-settings.ts';

type Factories = {
  readonly [Type in RunnerSettings['type']]: () => Promise<
    RunnerFactory<Extract<RunnerSettings, { readonly type: Type }>>
  >;
};

/** Every type of runner; one is loaded when the settings name it. */
const factories: Factories = {
  'claude-code': async () => (await import('./claude-code/claude-code.ts')).claudeCode,
  codex: async () => (await import('./codex/codex.ts')).codex,
  gemini: async () => (await import('./gemini/gemini.ts')).gemini,
  grok: async () => (await import('./grok/grok.ts')).grok,
  'openai-compatible': async () =>
    (await import('./openai-compatible/openai-compatible.ts')).openAiCompatible,
  api: async () => (await import('./api/api.ts')).api,
  command: async () => (await import('./command/command.ts')).command,
  module: async () => (await import('./module/module.ts')).moduleRunner,
  local: async () => (await import('./local/local.ts')).local,
  replay: async () => (await import('./replay/replay.ts')).replay,
};

/** Makes the runner that the settings declare. */
export async function makeRunner(
  name: string,
  settings: RunnerSettings,
  tools: RunnerTools,
): Promise<Runner> {
  // The table's key decides which settings its factory takes, which the compiler cannot follow.
  const factory = (await factories[settings.type]()) as RunnerFactory;
  return factory(name, settings, tools);
}
