/**
 * What is used of a `LanguageModelV2`, `V3` or `V4` of `@ai-sdk/provider`; said here, so that the package
 * need not be there.
 */
export interface LanguageModelLike {
  readonly specificationVersion: string;
  readonly provider: string;
  readonly modelId: string;
  doStream(options: LanguageModelCall): PromiseLike<{ readonly stream: StreamLike }>;
}

/** What a language model is asked. */
export interface LanguageModelCall {
  prompt: LanguageModelMessage[];
  abortSignal?: AbortSignal;
  includeRawChunks?: boolean;
  maxOutputTokens?: number;
  providerOptions?: ProviderOptions;
}

/** What one provider alone understands, by its name. */
export type ProviderOptions = Record<string, { [name: string]: Json }>;

/** A JSON value. */
export type Json = null | string | number | boolean | Json[] | { [name: string]: Json };

/** One message of a prompt. */
export type LanguageModelMessage =
  | { role: 'system'; content: string }
  | { role: 'user'; content: { type: 'text'; text: string }[] };

/** What is used of a `ReadableStream`. */
export interface StreamLike {
  getReader(): StreamReaderLike;
}

/** What is used of a `ReadableStreamDefaultReader`. */
export interface StreamReaderLike {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(): Promise<void>;
}
