import type { ApiSettings } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';
import type { AskedVendor } from '../telemetry/gen-ai-names.ts';
import { providerOf } from './limit-rules.ts';

/** The vendors as OpenTelemetry's conventions name them. */
const conventional: Readonly<Record<ApiSettings['provider'], string>> = {
  anthropic: 'anthropic',
  openai: 'openai',
  google: 'gcp.gemini',
  xai: 'x_ai',
};

/** Whom a runner asks; a runner of the person's own is named by its type, and one that was given by that. */
export function vendorOf(settings: Settings): (runner: string) => AskedVendor {
  return (name) => {
    const own = settings.runners[name];
    const provider = providerOf(name, settings) ?? own?.type ?? 'given';
    const known = Object.entries(conventional).find(([ours]) => ours === provider);
    return { provider: known?.[1] ?? provider, model: own?.model };
  };
}
