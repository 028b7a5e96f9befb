import type { Dialect, ErrorSpeech, Said } from './behaviour.ts';

/** Gemini's `json`: an answer is a document on stdout, an error one at the end of stderr. */
export const geminiDialect: Dialect = {
  answer: (text) => ({
    stdout: document({ response: text, stats: stats(1) }),
    code: 0,
    trace: finished,
  }),
  truncated: (text) => ({
    stdout: document({
      response: text.slice(0, 10).repeat(4),
      stats: stats(4),
      error: {
        type: 'INVALID_STREAM',
        message: 'Model stream ended without a finish reason.',
      },
    }),
    code: 0,
  }),
  // A second request that went well hides the first one's fragment: no error is told.
  glued: (text) => ({
    stdout: document({ response: text.slice(0, 10) + text, stats: stats(2) }),
    code: 0,
    trace: finished,
  }),
  error: (error, secret) => failed(errors[error](secret)),
};

/** Its record of its own work tells for each chunk how the answer ended. */
const finished = JSON.stringify({ attributes: { finish_reasons: ['stop', 'stop'] } }, null, 2);

function stats(totalRequests: number): object {
  const api = { totalRequests, totalErrors: 0, totalLatencyMs: 12 };
  const tokens = { input: 700, prompt: 1000, candidates: 200, cached: 300, thoughts: 50 };
  return { models: { 'gemini-2.5-flash': { api, tokens: { ...tokens, total: 1250, tool: 0 } } } };
}

function document(fields: object): string {
  return JSON.stringify({ session_id: '5e55', ...fields }, null, 2);
}

interface Words {
  readonly code: number;
  readonly exit: number;
  readonly message: string;
}

function failed({ code, exit, message }: Words): Said {
  const trace = `Error when talking to Gemini API ApiError: {"error":{"code":${code}}}\n    at throwErrorIfNotOK (file:///bundle.js:1:1) {\n  status: ${code}\n}\n`;
  const error = { type: 'Error', message, code };
  return { stdout: '', stderr: `${trace}${document({ error })}\n`, code: exit };
}

/** The exit code is the HTTP status modulo 256. */
function apiError(code: number, message: string): Words {
  return { code, exit: code % 256, message };
}

const errors: Readonly<Record<ErrorSpeech, (secret: string) => Words>> = {
  unauthorized: (secret) =>
    apiError(400, `API key not valid: ${secret}. Please pass a valid API key.`),
  'not-signed-in': () => ({
    code: 41,
    exit: 41,
    message: 'When using Gemini API, you must specify the GEMINI_API_KEY environment variable.',
  }),
  'quota-exhausted': () => apiError(429, 'You have exhausted your daily quota on this model.'),
  'rate-limited': () =>
    apiError(
      429,
      'You exceeded your current quota, please check your plan and billing details. Please retry in 35.2s.',
    ),
  overloaded: () => apiError(503, 'The model is overloaded. Please try again later.'),
  'unknown-model': () => ({
    code: 1,
    exit: 1,
    message: 'models/x is not found for API version v1beta',
  }),
  'too-long': () =>
    apiError(400, 'The input token count (2000000) exceeds the maximum number of tokens allowed.'),
  network: () => ({
    code: 1,
    exit: 1,
    message: 'exception TypeError: fetch failed sending request',
  }),
};
