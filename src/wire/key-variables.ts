import type { ApiSettings } from '../domain/runner-settings.ts';

/** Where the key of a vendor is looked for when no variable is named, the first that is set. */
export const keyVariables: Readonly<Record<ApiSettings['provider'], readonly string[]>> = {
  anthropic: ['ANTHROPIC_API_KEY'],
  openai: ['OPENAI_API_KEY'],
  google: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  xai: ['GROK_API_KEY', 'XAI_API_KEY'],
};
