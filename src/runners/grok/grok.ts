import type { CliRunnerSettings, RunnerFactory } from '../../domain/runner-settings.ts';
import { cliRunner } from '../../vendor-cli/cli-runner.ts';
import { vendorApi } from '../../wire/vendor-api.ts';
import { grokCli } from './grok-cli.ts';

/** Asked over the API when the settings name no model; the program has a default of its own. */
const defaultModel = 'grok-4.7';

/** xAI's Grok: over its API where there is a key, else through the official program with its own login. */
export const grok: RunnerFactory<CliRunnerSettings> = (name, settings, tools) => {
  const { GROK_API_KEY, XAI_API_KEY } = tools.env;
  const key = [settings.apiKey, GROK_API_KEY, XAI_API_KEY].find((value) => value?.trim());
  // Who names a program wants it, and it takes a key as well.
  if (key === undefined || settings.command !== undefined) {
    return cliRunner({ name, vendor: grokCli, settings, tools });
  }
  const api = {
    provider: 'xai',
    model: settings.model ?? defaultModel,
    apiKey: key,
    apiKeyEnv: undefined,
    baseUrl: settings.baseUrl,
    maxOutputTokens: settings.maxOutputTokens,
  } as const;
  return vendorApi(name, api, tools);
};
