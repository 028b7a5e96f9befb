import type { Runner } from '../domain/runner.ts';
import type { ApiSettings, RunnerTools } from '../domain/runner-settings.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { geminiContent } from './gemini-content.ts';
import { httpRunner } from './http-runner.ts';
import { keyVariables } from './key-variables.ts';
import { openAiChat } from './openai-chat.ts';
import { openAiResponses } from './openai-responses.ts';
import type { WireFormat } from './wire-format.ts';

interface Vendor {
  readonly format: WireFormat;
  readonly baseUrl: string;
}

const vendors: Readonly<Record<ApiSettings['provider'], Vendor>> = {
  anthropic: {
    format: anthropicMessages,
    baseUrl: 'https://api.anthropic.com/v1',
  },
  openai: {
    format: openAiResponses,
    baseUrl: 'https://api.openai.com/v1',
  },
  google: {
    format: geminiContent,
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  },
  xai: {
    format: openAiChat({ maxTokensField: 'max_completion_tokens', keepsId: true }),
    baseUrl: 'https://api.x.ai/v1',
  },
};

/** What a vendor's API is told; what is undefined is the vendor's own. */
export type VendorApiSettings = Pick<
  ApiSettings,
  'provider' | 'model' | 'maxOutputTokens' | 'apiKey' | 'apiKeyEnv' | 'baseUrl'
>;

/**
 * Makes the runner of a model behind its vendor's own API. The key is the one given, else that of the named
 * variable, else that of the vendor's usual ones; without any the runner is `not-signed-in`.
 */
export function vendorApi(name: string, settings: VendorApiSettings, tools: RunnerTools): Runner {
  const { apiKey, apiKeyEnv, maxOutputTokens, model, provider } = settings;
  const vendor = vendors[provider];
  const variables = apiKeyEnv === undefined ? keyVariables[provider] : [apiKeyEnv];
  const found = variables.map((variable) => tools.env[variable]).find((value) => value?.trim());
  return httpRunner(
    name,
    {
      format: vendor.format,
      baseUrl: settings.baseUrl ?? vendor.baseUrl,
      model,
      maxOutputTokens,
      key: { value: apiKey || found, variables },
    },
    tools,
  );
}
