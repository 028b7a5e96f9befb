import type { Dialect, ErrorSpeech } from './behaviour.ts';

/** Codex' `--json`. */
export const codexDialect: Dialect = {
  answer: (text) => ({ stdout: lines([...begin, warning, ...answered(text)]), code: 0 }),
  truncated: (text) => ({
    stdout: lines([
      ...begin,
      { type: 'error', message: `Reconnecting... 1/5 (stream disconnected: ${text.length})` },
      failed('stream disconnected before completion: stream closed before response.completed'),
    ]),
    code: 1,
  }),
  // A stream that broke is begun anew; the last message is the whole one, but here the turn fails after it.
  glued: (text) => ({
    stdout: lines([...begin, said(text.slice(0, 3)), said(text), failed('stream disconnected')]),
    code: 1,
  }),
  error: (error, secret) => ({ stdout: lines([...begin, failed(errors[error](secret))]), code: 1 }),
};

const begin = [{ type: 'thread.started', thread_id: '01a2' }, { type: 'turn.started' }];
const warning = {
  type: 'item.completed',
  item: { id: 'item_0', type: 'error', message: 'Model metadata for `x` not found.' },
};

function said(text: string): unknown {
  return { type: 'item.completed', item: { id: 'item_1', type: 'agent_message', text } };
}

function answered(text: string): readonly unknown[] {
  const usage = { input_tokens: 1000, cached_input_tokens: 300, output_tokens: 200 };
  return [...(text === '' ? [] : [said(text)]), { type: 'turn.completed', usage }];
}

function failed(message: string): unknown {
  return { type: 'turn.failed', error: { message } };
}

const errors: Readonly<Record<ErrorSpeech, (secret: string) => string>> = {
  unauthorized: (secret) =>
    `unexpected status 401 Unauthorized: Incorrect API key provided: ${secret}.`,
  'not-signed-in': () =>
    'unexpected status 401 Unauthorized: Missing bearer or basic authentication in header',
  'quota-exhausted': () => 'Quota exceeded. Check your plan and billing details.',
  'rate-limited': () => 'exceeded retry limit, last status: 429 Too Many Requests',
  overloaded: () => 'Selected model is at capacity. Please try a different model.',
  'unknown-model': () => 'The model `x` does not exist or you do not have access to it.',
  'too-long': () => "Codex ran out of room in the model's context window. Start a new thread.",
  network: () => 'stream disconnected before completion: error sending request for url',
};

function lines(events: readonly unknown[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
