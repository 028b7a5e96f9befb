import { type Dialect, sseEvent } from './dialect.ts';
import { openAiChatDialect } from './openai-chat-dialect.ts';
import type { ScriptedAnswer } from './vendor-reply.ts';

/** OpenAI's responses. */
export const openAiResponsesDialect: Dialect = {
  events: (answer) => [
    named('response.created', { response: { ...responseOf(answer), status: 'in_progress' } }),
    named('response.output_item.added', { item: { type: 'message', role: 'assistant' } }),
    ...answer.deltas.map((delta) => named('response.output_text.delta', { delta })),
    named('response.output_text.done', { text: answer.deltas.join('') }),
    named('response.output_item.done', { output_index: 0, item: messageOf(answer) }),
    ...(answer.finish === 'none' ? [] : [endOf(answer)]),
  ],
  document: responseOf,
  error: openAiChatDialect.error,
  errorEvent: ({ code = 'server_is_overloaded', message }) =>
    named('response.failed', {
      response: { id: 'resp_1', status: 'failed', error: { code, message } },
    }),
};

function named(type: string, fields: object): string {
  return sseEvent({ type, ...fields }, type);
}

function endOf(answer: ScriptedAnswer): string {
  const type = answer.finish === 'complete' ? 'response.completed' : 'response.incomplete';
  return named(type, { response: responseOf(answer) });
}

function responseOf(answer: ScriptedAnswer) {
  const { finish, model, usage } = answer;
  const reason = finish === 'refused' ? 'content_filter' : 'max_output_tokens';
  return {
    id: 'resp_1',
    object: 'response',
    model,
    status: statusOf(finish),
    incomplete_details: statusOf(finish) === 'incomplete' ? { reason } : null,
    error: null,
    output: [messageOf(answer)],
    usage: {
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      total_tokens: usage.inputTokens + usage.outputTokens,
    },
  };
}

function messageOf({ deltas }: ScriptedAnswer) {
  const text = deltas.join('');
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text }],
  };
}

function statusOf(finish: ScriptedAnswer['finish']): string {
  if (finish === 'none') return 'in_progress';
  return finish === 'complete' ? 'completed' : 'incomplete';
}
