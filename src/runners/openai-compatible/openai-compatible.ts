import type { OpenAiCompatibleSettings, RunnerFactory } from '../../domain/runner-settings.ts';
import { httpRunner } from '../../wire/http-runner.ts';
import { openAiChat } from '../../wire/openai-chat.ts';

/** A model behind any server that speaks OpenAI's chat completions. */
export const openAiCompatible: RunnerFactory<OpenAiCompatibleSettings> = (
  name,
  { apiKeyEnv, baseUrl, headers, maxOutputTokens, model },
  tools,
) => {
  const key = apiKeyEnv && { value: tools.env[apiKeyEnv], variables: [apiKeyEnv] };
  return httpRunner(
    name,
    { format: openAiChat(), baseUrl, model, maxOutputTokens, key: key || undefined, headers },
    tools,
  );
};
