import { type Dialect, sseEvent } from './dialect.ts';
import type { ScriptedAnswer } from './vendor-reply.ts';

const reasons = { complete: 'end_turn', 'too-long': 'max_tokens', refused: 'refusal', none: null };

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** Anthropic's messages. */
export const anthropicMessagesDialect: Dialect = {
  events: (answer) => [
    named('message_start', { message: { ...messageOf(answer), content: [], stop_reason: null } }),
    named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    named('ping', {}),
    ...answer.deltas.map((text) =>
      named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    ),
    named('content_block_stop', { index: 0 }),
    ...(answer.finish === 'none' ? [] : endOf(answer)),
  ],
  document: messageOf,
  error: ({ code, message, status }) => ({
    type: 'error',
    error: { type: code ?? errorTypes[status] ?? 'api_error', message },
  }),
};

function named(type: string, fields: object): string {
  return sseEvent({ type, ...fields }, type);
}

function endOf({ finish, usage }: ScriptedAnswer): readonly string[] {
  const delta = { stop_reason: reasons[finish], stop_sequence: null };
  return [
    named('message_delta', { delta, usage: { output_tokens: usage.outputTokens } }),
    named('message_stop', {}),
  ];
}

function messageOf({ deltas, finish, model, usage }: ScriptedAnswer) {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: deltas.join('') }],
    stop_reason: reasons[finish],
    usage: { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
  };
}
