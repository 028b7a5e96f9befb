import { expect, test } from 'vitest';
import type { FailureKind } from '../domain/failure.ts';
import { failureOfResponse } from './failure-of-response.ts';

function failureOf(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return failureOfResponse({ status, headers, body: text, nowMs: 0 });
}

const quotaFailure = (quotaId: string) => ({
  error: {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota, please check your plan and billing details.',
    details: [
      { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7.5s' },
    ],
  },
});

// Bodies as the vendors send them; the words are theirs.
test.each<[string, number, unknown, FailureKind]>([
  [
    'a wrong key at OpenAI',
    401,
    { error: { message: 'Incorrect API key provided: sk-x.', code: 'invalid_api_key' } },
    'unauthorized',
  ],
  [
    'a wrong key at Google',
    400,
    {
      error: {
        code: 400,
        message: 'API key not valid. Please pass a valid API key.',
        status: 'INVALID_ARGUMENT',
      },
    },
    'unauthorized',
  ],
  [
    'a wrong key at xAI',
    400,
    { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***my.' },
    'unauthorized',
  ],
  [
    'no permission',
    403,
    { type: 'error', error: { type: 'permission_error', message: 'Not allowed' } },
    'unauthorized',
  ],
  [
    'no credit at Anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'Your credit balance is too low to access the Anthropic API.',
      },
    },
    'quota-exhausted',
  ],
  [
    'no credit at OpenAI',
    429,
    {
      error: {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      },
    },
    'quota-exhausted',
  ],
  [
    'no credit at xAI',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: "Your newly created team doesn't have any credits yet.",
    },
    'quota-exhausted',
  ],
  [
    'no credit at OpenRouter',
    402,
    { error: { message: 'Insufficient credits', code: 402 } },
    'quota-exhausted',
  ],
  [
    'a rate limit whose words speak of billing',
    429,
    {
      error: {
        message:
          'Rate limit reached. You can increase it by adding a payment method at https://platform.openai.com/account/billing.',
        type: 'requests',
        code: 'rate_limit_exceeded',
      },
    },
    'rate-limited',
  ],
  ["Google's limit per minute", 429, quotaFailure('RequestsPerMinutePerProject'), 'rate-limited'],
  ["Google's limit per day", 429, quotaFailure('RequestsPerDayPerProject'), 'quota-exhausted'],
  ['a bare rate limit', 429, 'slow down', 'rate-limited'],
  [
    'an unknown model at OpenAI',
    400,
    { error: { message: 'The requested model does not exist.', code: 'model_not_found' } },
    'unknown-model',
  ],
  [
    'an unknown model at Google',
    404,
    { error: { code: 404, message: 'models/x is not found for API version', status: 'NOT_FOUND' } },
    'unknown-model',
  ],
  [
    'an unknown model at Ollama',
    404,
    { error: { message: 'model "x" not found' } },
    'unknown-model',
  ],
  [
    'too long a prompt at OpenAI',
    400,
    {
      error: {
        message: "This model's maximum context length is 8192 tokens.",
        code: 'context_length_exceeded',
      },
    },
    'input-too-long',
  ],
  [
    'too long a prompt at Anthropic',
    400,
    {
      error: { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens > 8 maximum' },
    },
    'input-too-long',
  ],
  [
    'too long a prompt at Google',
    400,
    { error: { code: 400, message: 'The input token count (9) exceeds the maximum' } },
    'input-too-long',
  ],
  ['a body that is too large', 413, 'Payload Too Large', 'input-too-long'],
  [
    'a prompt that the policy forbids',
    400,
    { error: { message: 'Blocked', code: 'content_policy_violation' } },
    'refused',
  ],
  ['an unknown field', 400, { error: { message: 'Unknown parameter: "x"' } }, 'bad-usage'],
  ['a validation error of FastAPI', 422, { detail: 'field required' }, 'bad-usage'],
  ['a wrong method', 405, '', 'bad-usage'],
  ['a time-out of the server', 408, '', 'overloaded'],
  ['a conflict', 409, '', 'overloaded'],
  ['a page of a gateway', 502, '<html>Bad Gateway</html>', 'overloaded'],
  [
    "Anthropic's overload",
    529,
    { error: { type: 'overloaded_error', message: 'Overloaded' } },
    'overloaded',
  ],
  ['a redirect', 307, '', 'bad-usage'],
  ['a status that is none', 700, '', 'unknown'],
])('failureOfResponse() names %s', (...[, status, body, kind]) => {
  expect(failureOf(status, body)).toMatchObject({ kind, status });
});

test('failureOfResponse() takes the vendor over in one line', () => {
  const message = `Please\n  wait. ${'x'.repeat(400)}`;
  const said = failureOf(500, { error: { message } }).message;
  expect(said).toBe(`HTTP 500: Please wait. ${'x'.repeat(287)}...`);
  expect(failureOf(500, { error: { message: 'Try again.' } }).message).toBe('HTTP 500: Try again');
});

test('failureOfResponse() keeps what it cannot read, and only that', () => {
  expect(failureOf(502, `<html>${'x'.repeat(900)}`).evidence).toHaveLength(500);
  expect(failureOf(500, { error: { message: 'known' } }).evidence).toBeUndefined();
});

test('failureOfResponse() tells a path that is not there from a model that is not', () => {
  expect(failureOf(404, '404 page not found').message).toContain('check the base URL');
  expect(failureOf(404, { error: { message: 'no model x' } }).message).toBe('HTTP 404: no model x');
});

test("failureOfResponse() reads Google's RetryInfo where no header says how long to wait", () => {
  const body = quotaFailure('RequestsPerMinutePerProject');
  expect(failureOf(429, body).retryAfterMs).toBe(7_500);
  expect(failureOf(429, body, { 'retry-after': '2' }).retryAfterMs).toBe(2_000);
});
