import { type Dialect, sseEvent } from './dialect.ts';
import type { ScriptedAnswer } from './vendor-reply.ts';

const reasons = { complete: 'stop', 'too-long': 'length', refused: 'content_filter', none: null };

/** OpenAI's chat completions, and xAI's. */
export const openAiChatDialect: Dialect = {
  events: (answer) => [
    chunk(answer, { delta: { role: 'assistant', content: '' }, finish_reason: null }),
    ...answer.deltas.map((content) => chunk(answer, { delta: { content }, finish_reason: null })),
    ...(answer.finish === 'none'
      ? []
      : [chunk(answer, { delta: {}, finish_reason: reasons[answer.finish] })]),
    chunk(answer, undefined),
    sseEvent('[DONE]'),
  ],
  document: (answer) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: answer.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: answer.deltas.join('') },
        finish_reason: reasons[answer.finish],
      },
    ],
    usage: usageOf(answer),
  }),
  error: ({ code, message, status }) => ({
    error: { message, type: code ?? typeOf(status), param: null, code: code ?? null },
  }),
};

/** An event with a choice, or without one the last event with the usage. */
function chunk(answer: ScriptedAnswer, choice: object | undefined): string {
  return sseEvent({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 0,
    model: answer.model,
    choices: choice ? [{ index: 0, ...choice }] : [],
    usage: choice ? null : usageOf(answer),
  });
}

function usageOf({ costUsd, usage }: ScriptedAnswer) {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    ...(costUsd === undefined ? undefined : { cost_in_usd_ticks: Math.round(costUsd * 1e10) }),
  };
}

function typeOf(status: number): string {
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
