import type { ApiSettings, RunnerFactory } from '../../domain/runner-settings.ts';
import { vendorApi } from '../../wire/vendor-api.ts';

/** A model behind its vendor's own API: Anthropic, OpenAI, Google or xAI. */
export const api: RunnerFactory<ApiSettings> = vendorApi;
