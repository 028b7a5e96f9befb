import { type Dialect, sseEvent } from './dialect.ts';
import type { ScriptedAnswer } from './vendor-reply.ts';

const reasons = { complete: 'STOP', 'too-long': 'MAX_TOKENS', refused: 'SAFETY', none: undefined };

const errorStatuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

/** Google's streamGenerateContent. */
export const geminiDialect: Dialect = {
  events: (answer) => [
    ...answer.deltas.map((text) => sseEvent(contentOf(answer, text, undefined))),
    ...(answer.finish === 'none' ? [] : [sseEvent(contentOf(answer, '', reasons[answer.finish]))]),
  ],
  document: (answer) => contentOf(answer, answer.deltas.join(''), reasons[answer.finish]),
  error: ({ code, message, status }) => ({
    error: { code: status, message, status: code ?? errorStatuses[status] ?? 'INTERNAL' },
  }),
};

function contentOf(answer: ScriptedAnswer, text: string, finishReason: string | undefined) {
  const { inputTokens, outputTokens } = answer.usage;
  return {
    candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason, index: 0 }],
    usageMetadata: { promptTokenCount: inputTokens, candidatesTokenCount: outputTokens },
    modelVersion: answer.model,
  };
}
