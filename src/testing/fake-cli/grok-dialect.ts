import type { Dialect, ErrorSpeech } from './behaviour.ts';

/** The `json` of the official `grok`. */
export const grokDialect: Dialect = {
  answer: (text) => ({ stdout: answer(text), code: 0 }),
  // Half the text, a good reason to stop, and no usage.
  truncated: (text) => ({
    stdout: document({
      text: text.slice(0, text.length / 2),
      stopReason: 'end_turn',
      sessionId: '5e55',
      num_turns: 1,
    }),
    code: 0,
  }),
  glued: (text) => ({ stdout: answer(text).slice(0, -20) + answer(text), code: 0 }),
  error: (error, secret) => {
    const stdout = document({ type: 'error', message: errors[error](secret) });
    return { stdout, stderr: stdout, code: 1 };
  },
};

function answer(text: string): string {
  const usage = {
    input_tokens: 700,
    cache_read_input_tokens: 300,
    output_tokens: 200,
    reasoning_tokens: 50,
  };
  return document({ text, stopReason: 'end_turn', sessionId: '5e55', usage, num_turns: 1 });
}

function document(fields: object): string {
  return `${JSON.stringify(fields)}\n`;
}

function api(status: number, text: string): string {
  return `Internal error: {\n "message": "API error (status ${status}): ${text}",\n "http_status": ${status}\n}`;
}

const errors: Readonly<Record<ErrorSpeech, (secret: string) => string>> = {
  unauthorized: (secret) => api(400, `Incorrect API key provided: ${secret}.`),
  'not-signed-in': () => 'Not signed in. Run `grok login` or set XAI_API_KEY.',
  'quota-exhausted': () => api(403, 'Your team has used all available credits.'),
  'rate-limited': () => 'Some resource has been exhausted: Too many requests.',
  overloaded: () => api(503, 'The service is overloaded.'),
  'unknown-model': () => "Couldn't set model 'x': unknown model id",
  'too-long': () => api(400, "This model's maximum context length is 131072 tokens."),
  network: () => 'Connection refused (os error 111)',
};
