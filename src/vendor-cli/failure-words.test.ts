import { describe, expect, test } from 'vitest';
import type { FailureKind } from '../domain/failure.ts';
import {
  kindOfHttpStatus,
  kindOfStrongWords,
  kindOfWords,
  statusIn,
  waitIn,
} from './failure-words.ts';

describe('kindOfStrongWords()', () => {
  test.each<[string, FailureKind | undefined]>([
    ["You've hit your usage limit. Upgrade to Pro or try again in 3 days", 'quota-exhausted'],
    ["You've hit your limit · resets 3pm", 'quota-exhausted'],
    ['Claude AI usage limit reached|1750000000', 'quota-exhausted'],
    ['Quota exceeded. Check your plan and billing details.', 'quota-exhausted'],
    // An ordinary rate limit.
    ['You exceeded your current quota, please check your plan and billing details', undefined],
    ['Quota exceeded for metric: generate_requests_per_minute', undefined],
    ['You have exceeded your rate limit', undefined],
    ['Prompt is too long', 'input-too-long'],
    ["This model's maximum prompt length is 131072", 'input-too-long'],
    ['Your newly created team does not have any credits or licenses yet.', 'quota-exhausted'],
    ['Selected model is at capacity', undefined],
  ])('of %s is %s', (words, kind) => {
    expect(kindOfStrongWords(words)).toBe(kind);
  });
});

describe('kindOfWords()', () => {
  test.each<[string, FailureKind | undefined]>([
    ['Selected model is at capacity. Please try a different model.', 'overloaded'],
    ["There's an issue with the selected model (x)", 'unknown-model'],
    ["We're currently experiencing high demand", 'overloaded'],
    ['stream closed before response.completed', 'broken-stream'],
    ['exception TypeError: fetch failed sending request', 'network'],
    ['Incomplete JSON segment at the end', 'broken-stream'],
    ['Not inside a trusted directory', 'bad-usage'],
    ['TypeError terminated', 'broken-stream'],
    ['Connection lost mid-response. The response above may be incomplete', 'broken-stream'],
    ['Unterminated string in JSON at position 20 (line 1 column 21)', 'broken-stream'],
    ['response truncated by max_tokens', 'output-too-long'],
    ['Incomplete response returned, reason: content_filter', 'refused'],
    ['Connection to the API was lost (StreamTruncated)', 'broken-stream'],
    ['Connection to the API was lost (ECONNRESET)', 'network'],
    ['Transport error: network error: error decoding response body', 'broken-stream'],
    ['reqwest error stream: Transport error: error decoding response body', 'broken-stream'],
    ['empty response from model (no_visible_content)', 'empty-answer'],
    ['something odd', undefined],
  ])('of %s is %s', (words, kind) => {
    expect(kindOfWords(words)).toBe(kind);
  });
});

test('kindOfHttpStatus() knows the statuses that mean one thing', () => {
  const kinds = [400, 401, 402, 403, 404, 413, 429, 500, 529].map(kindOfHttpStatus);
  expect(kinds).toEqual([
    'bad-usage',
    'unauthorized',
    'quota-exhausted',
    'unauthorized',
    'unknown-model',
    'input-too-long',
    'rate-limited',
    'overloaded',
    'overloaded',
  ]);
  expect(kindOfHttpStatus(200)).toBeUndefined();
});

test('statusIn() finds the status in the ways that programs write it', () => {
  expect(statusIn('unexpected status 401 Unauthorized: x')).toBe(401);
  expect(statusIn('exceeded retry limit, last status: 429 Too Many Requests')).toBe(429);
  expect(statusIn('{\n "http_status": 400\n}')).toBeUndefined();
  expect(statusIn('API error (status 400 Bad Request): x')).toBe(400);
  expect(statusIn('wrote 404 bytes')).toBeUndefined();
});

test('waitIn() gives milliseconds', () => {
  expect(waitIn('Please try again in 1.2s.')).toBe(1200);
  expect(waitIn('Please retry in 350ms')).toBe(350);
  expect(waitIn('Please wait')).toBeUndefined();
});
