/** The names of OpenTelemetry's semantic conventions for generative AI that are used here (version 1.45, in development). */
export const genAi = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  tokenType: 'gen_ai.token.type',
  workflow: 'gen_ai.workflow.name',
  errorType: 'error.type',
  duration: 'gen_ai.client.operation.duration',
  tokenUsage: 'gen_ai.client.token.usage',
} as const;

/** Whom a runner asks, as the conventions name it. */
export interface AskedVendor {
  readonly provider: string;
  /** The model id that is configured; undefined where it is left to the vendor. */
  readonly model: string | undefined;
}
