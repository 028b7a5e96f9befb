import type { Dialect, ErrorSpeech } from './behaviour.ts';

/** Claude Code's `stream-json`. */
export const claudeDialect: Dialect = {
  answer: (text) => ({
    stdout: lines([init, ...deltas(text), message(text), result(text)]),
    code: 0,
  }),
  truncated: (text) => ({
    stdout: lines([
      init,
      ...deltas(text.slice(0, text.length / 2)),
      failure({
        terminal_reason: 'api_error',
        result: 'API Error: JSON Parse error: Unexpected EOF',
      }),
    ]),
    code: 1,
  }),
  // It takes a broken stream back and begins anew, so that its result is whole.
  glued: (text) => ({
    stdout: lines([
      init,
      ...deltas(text.slice(0, text.length / 2)),
      { ...result(text), is_error: true, terminal_reason: 'aborted_streaming' },
    ]),
    code: 0,
  }),
  error: (error, secret) => ({
    stdout: lines([init, failure(errors[error](secret))]),
    code: 1,
  }),
};

const model = 'claude-opus-5-5';
const init = { type: 'system', subtype: 'init', session_id: '3d8a', tools: [], model };

function deltas(text: string): readonly unknown[] {
  const middle = Math.floor(text.length / 2);
  const pieces = [text.slice(0, middle), text.slice(middle)].filter((piece) => piece !== '');
  const events = [
    { type: 'message_start', message: { model, role: 'assistant', content: [] } },
    ...pieces.map((piece) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: piece },
    })),
    { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
  ];
  return events.map((event) => ({ type: 'stream_event', event, session_id: '3d8a' }));
}

function message(text: string): unknown {
  const content = [{ type: 'text', text }];
  return { type: 'assistant', message: { model, role: 'assistant', content }, session_id: '3d8a' };
}

function result(text: string): object {
  return {
    duration_api_ms: 58,
    stop_reason: 'end_turn',
    session_id: '3d8a',
    total_cost_usd: 0.00686,
    usage: {
      input_tokens: 700,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 300,
      output_tokens: 200,
    },
    modelUsage: { [model]: { inputTokens: 700, outputTokens: 200, costUSD: 0.00686 } },
    permission_denials: [],
    terminal_reason: 'completed',
    is_error: false,
    num_turns: 1,
    subtype: 'success',
    api_error_status: null,
    result: text,
    type: 'result',
    duration_ms: 188,
  };
}

/** An error is a result, `subtype: "success"` included. */
function failure(words: object): object {
  return { ...result(''), stop_reason: 'stop_sequence', is_error: true, modelUsage: {}, ...words };
}

function apiError(status: number | null, type: string, text: string): object {
  return {
    terminal_reason: 'api_error',
    api_error_status: status,
    api_error_type: type,
    result: text,
  };
}

const errors: Readonly<Record<ErrorSpeech, (secret: string) => object>> = {
  unauthorized: (secret) =>
    apiError(401, 'authentication_error', `Invalid API key ${secret} · Fix external API key`),
  'not-signed-in': () => ({ result: 'Not logged in · Please run /login' }),
  'quota-exhausted': () => apiError(400, 'invalid_request_error', 'Credit balance is too low'),
  'rate-limited': () =>
    apiError(429, 'rate_limit_error', 'API Error: Request rejected (429) · Too many requests'),
  overloaded: () => apiError(529, 'overloaded_error', 'API Error: 529 Overloaded'),
  'unknown-model': () =>
    apiError(404, 'not_found_error', "There's an issue with the selected model (x)"),
  'too-long': () => ({ terminal_reason: 'prompt_too_long', result: 'Prompt is too long' }),
  network: () => ({
    ...apiError(null, '', 'API Error: Connection error'),
    api_error: 'connection_failed',
  }),
};

function lines(events: readonly unknown[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
