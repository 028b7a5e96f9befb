import type { RunnerSettings } from '../domain/runner-settings.ts';
import type { Standing } from '../route/route.ts';

/** Whose model it is by what stands in its id; models of one origin err alike. The first match counts. */
const familyPatterns: readonly (readonly [pattern: RegExp, family: string])[] = [
  [/claude|sonnet|opus|haiku/, 'claude'],
  [/deepseek/, 'deepseek'],
  [/qwen|qwq/, 'qwen'],
  [/gpt|codex|davinci|(^|[/-])o[1-9]/, 'gpt'],
  [/gemini|gemma/, 'gemini'],
  [/grok/, 'grok'],
  [/mistral|mixtral|codestral|devstral|magistral/, 'mistral'],
  [/llama/, 'llama'],
  [/phi-?\d/, 'phi'],
  [/starcoder/, 'starcoder'],
  [/granite/, 'granite'],
  [/glm/, 'glm'],
  [/kimi|moonshot/, 'kimi'],
  [/command-r/, 'command-r'],
  [/(^|[/-])yi-/, 'yi'],
];

const vendorFamilies = {
  'claude-code': 'claude',
  codex: 'gpt',
  gemini: 'gemini',
  grok: 'grok',
  anthropic: 'claude',
  openai: 'gpt',
  google: 'gemini',
  xai: 'grok',
} as const;

/** The family and the strength of a runner; one without settings is a family of its own. */
export function standingOf(
  name: string,
  settings: RunnerSettings | undefined,
  category: string,
): Standing {
  const { strength } = settings ?? {};
  return {
    family: settings?.family ?? familyOf(name, settings),
    strength: typeof strength === 'object' ? strength[category] : strength,
  };
}

function familyOf(name: string, settings: RunnerSettings | undefined): string {
  const said = settings?.type === 'replay' ? settings.as : settings?.model;
  const id = said?.toLowerCase();
  const byId = id && familyPatterns.find(([pattern]) => pattern.test(id))?.[1];
  return byId ?? vendorFamily(settings) ?? own(name) ?? name;
}

function vendorFamily(settings: RunnerSettings | undefined): string | undefined {
  if (settings?.type === 'api') return vendorFamilies[settings.provider];
  return settings && own(settings.type);
}

function own(key: string): string | undefined {
  return Object.entries(vendorFamilies).find(([vendor]) => vendor === key)?.[1];
}
