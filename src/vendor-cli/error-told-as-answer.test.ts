import { describe, expect, test } from 'vitest';
import { errorToldAsAnswer } from './error-told-as-answer.ts';

describe('errorToldAsAnswer()', () => {
  test.each([
    ['API Error: 500 {"type":"error","error":{"type":"api_error"}}', 500],
    ['API Error: 529 Overloaded', 529],
    ['API Error: Request rejected (429) · Too many requests', undefined],
    ['API Error: Connection error.', undefined],
    ['API Error (Request timed out.)', undefined],
    ['[API Error: got status: 503 Service Unavailable]', 503],
    ['Sorry, I encountered an error: 401 Incorrect API key', undefined],
    ['unexpected status 401 Unauthorized: Incorrect API key', undefined],
    ["There's an issue with the selected model (x). It may not exist.", undefined],
    ['Claude AI usage limit reached|1790179200', undefined],
    ['Prompt is too long', undefined],
  ])('takes %o for an error', (text, status) => {
    expect(errorToldAsAnswer(` ${text}\n`)).toEqual({ message: text, status });
  });

  test.each([
    'Use `try` and `catch`.',
    'Errors of an API are told as "API Error: 500".',
    'API Error: 500 usually is a fault of the server.',
    'API Error: 429 Too many requests\n\nThis is how to wait:\n\n1. Read the header.',
    'API Error: 500 is caught here: ```js\ntry {} catch {}\n```',
    'API Errors: a guide',
    'Prompt is too long for one line, so break it.',
    'Not logged in users see the start page.',
    'Invalid API key handling belongs in one place.',
    `API Error: 500 ${'x'.repeat(3000)}`,
  ])('takes %o for an answer', (text) => {
    expect(errorToldAsAnswer(text)).toBeUndefined();
  });
});
