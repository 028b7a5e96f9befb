import { familyOfModel } from '../domain/family-of-model.ts';
import type { RunnerSettings } from '../domain/runner-settings.ts';
import type { Standing } from '../route/route.ts';

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
  const byId = said === undefined ? undefined : familyOfModel(said);
  return byId ?? vendorFamily(settings) ?? own(name) ?? name;
}

function vendorFamily(settings: RunnerSettings | undefined): string | undefined {
  if (settings?.type === 'api') return vendorFamilies[settings.provider];
  return settings && own(settings.type);
}

function own(key: string): string | undefined {
  return Object.entries(vendorFamilies).find(([vendor]) => vendor === key)?.[1];
}
