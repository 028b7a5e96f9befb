import { expect, test } from 'vitest';
import type { Outcome, Progress } from '../domain/runner.ts';
import { AnswerReader } from './answer-reader.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { geminiContent } from './gemini-content.ts';
import { openAiChat } from './openai-chat.ts';
import { openAiResponses } from './openai-responses.ts';
import type { WireFormat } from './wire-format.ts';

function read(format: WireFormat, ...chunks: readonly string[]): Outcome {
  const reader = new AnswerReader(format, () => undefined);
  for (const chunk of chunks) if (reader.text(chunk) === 'enough') break;
  return reader.outcome();
}

function sse(...events: readonly unknown[]): string {
  return events
    .map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
    .join('');
}

const delta = (content: unknown) => ({ choices: [{ index: 0, delta: { content } }] });
const finish = (finish_reason: string) => ({ choices: [{ index: 0, delta: {}, finish_reason }] });

test('AnswerReader takes a stream that ends without [DONE] and without its last empty line', () => {
  const body = sse(delta('Hi'), finish('stop')).trimEnd();
  expect(read(openAiChat(), body)).toMatchObject({ status: 'answered', text: 'Hi' });
});

test('AnswerReader takes no stream for an answer that says [DONE] without a finish reason', () => {
  const failure = {
    kind: 'broken-stream',
    message: 'The answer ended after 2 characters without its finish marker',
  };
  expect(read(openAiChat(), sse(delta('Hi'), '[DONE]'))).toEqual({ status: 'failed', failure });
});

test('AnswerReader has enough at the end marker and at an error, and hears nothing after', () => {
  const seen: Progress[] = [];
  const reader = new AnswerReader(openAiChat(), (progress) => seen.push(progress));
  expect(reader.text(sse(delta('Hi'), finish('stop'), '[DONE]', delta('?')))).toBe('enough');
  expect(seen).toEqual([{ type: 'text', text: 'Hi' }]);
  expect(
    read(openAiChat(), sse({ error: { message: 'x' } }), sse(finish('stop'), '[DONE]')),
  ).toMatchObject({
    failure: { kind: 'broken-stream', message: 'The server broke off: x' },
  });
});

test('AnswerReader reports comments, pings and thoughts as activity, once a chunk', () => {
  const seen: Progress[] = [];
  const reader = new AnswerReader(openAiChat(), (progress) => seen.push(progress));
  const thought = { choices: [{ delta: { reasoning_content: 'hm' } }] };
  const text = sse(delta('a'), delta('b'));
  for (const chunk of [': wait\n\n', sse(thought, thought), text, ': wait\n\n']) reader.text(chunk);
  expect(seen).toEqual([
    { type: 'activity', doing: 'started' },
    { type: 'activity', doing: 'started' },
    { type: 'text', text: 'a' },
    { type: 'text', text: 'b' },
    { type: 'activity' },
  ]);
});

test.each([
  [
    'an error event by its name alone',
    'event: error\ndata: {"message":"at capacity"}\n\n',
    'overloaded',
  ],
  ['a bare text as error', sse({ error: 'model "x" not found' }), 'unknown-model'],
  ['a number as code', sse({ error: { code: 502, message: 'Provider error' } }), 'overloaded'],
  [
    'a quota error',
    sse({ error: { type: 'insufficient_quota', message: 'x' } }),
    'quota-exhausted',
  ],
  ['a wrong key', sse({ error: { message: 'Invalid API key' } }), 'unauthorized'],
  ['an error document', '{"error":{"type":"overloaded_error","message":"x"}}', 'overloaded'],
  [
    'an error document in a list',
    '[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]',
    'rate-limited',
  ],
])('AnswerReader names %s in a good response', (_, body, kind) => {
  expect(read(openAiChat(), body)).toMatchObject({ status: 'failed', failure: { kind } });
});

test.each([
  [
    'a page',
    '\n <!doctype html>',
    'The server answered with a page where JSON is wanted: check the base URL',
  ],
  [
    'a document that is cut',
    '{"choices": [',
    'The server answered with text that is no JSON where JSON is wanted: check the base URL',
  ],
  ['words', 'upstream timed out', 'The answer ended after 0 characters without its finish marker'],
  [
    'another document',
    '{"ok":true}',
    'The answer ended after 0 characters without its finish marker',
  ],
])('AnswerReader keeps %s as evidence', (_, body, message) => {
  const failure = { kind: 'broken-stream', message, evidence: body };
  expect(read(openAiChat(), body)).toEqual({ status: 'failed', failure });
});

test('AnswerReader tells an empty body', () => {
  expect(read(openAiChat())).toMatchObject({
    failure: {
      kind: 'broken-stream',
      message: 'The server answered with nothing where JSON is wanted: check the base URL',
    },
  });
});

test.each([
  ['length', 'output-too-long'],
  ['content_filter', 'refused'],
  ['error', 'broken-stream'],
])('openAiChat() takes finish reason %s for %s', (reason, kind) => {
  const body = sse(delta('Hi'), finish(reason), '[DONE]');
  expect(read(openAiChat(), body)).toMatchObject({ status: 'failed', failure: { kind } });
});

test('openAiChat() takes a refusal in its own field for refused, whatever the finish reason', () => {
  const refusal = { choices: [{ delta: { refusal: 'I will not' } }] };
  const outcome = read(openAiChat(), sse(refusal, finish('stop'), '[DONE]'));
  expect(outcome).toMatchObject({ status: 'failed', failure: { kind: 'refused' } });
});

test('openAiChat() takes the text out of content in parts', () => {
  const parts = [
    { type: 'thinking', thinking: [] },
    { type: 'text', text: 'Hi' },
  ];
  expect(read(openAiChat(), sse(delta(parts), finish('stop')))).toMatchObject({ text: 'Hi' });
});

test('openAiChat() counts reasoning that is only in the total, and reads the cost in ticks', () => {
  const usage = {
    prompt_tokens: 10,
    completion_tokens: 5,
    total_tokens: 40,
    cost_in_usd_ticks: 12_345_000,
  };
  expect(
    read(openAiChat(), sse(delta('Hi'), finish('stop'), { choices: [], usage })),
  ).toMatchObject({
    usage: { inputTokens: 10, outputTokens: 30 },
    costUsd: 0.001_234_5,
  });
});

test('openAiResponses reads a failed response, and text of a whole one', () => {
  const error = { code: 'rate_limit_exceeded', message: 'slow down' };
  const failed = { type: 'response.failed', response: { status: 'failed', error } };
  expect(read(openAiResponses, sse(failed))).toMatchObject({ failure: { kind: 'rate-limited' } });
  const event = { type: 'error', code: 'server_error', message: 'boom' };
  expect(read(openAiResponses, sse(event))).toMatchObject({ failure: { kind: 'overloaded' } });
});

test('openAiResponses takes a refusal for refused', () => {
  const refusal = { type: 'response.refusal.delta', delta: 'I will not' };
  const end = { type: 'response.completed', response: { status: 'completed' } };
  expect(read(openAiResponses, sse(refusal, end))).toMatchObject({ failure: { kind: 'refused' } });
});

test('anthropicMessages counts cached input, skips thoughts and takes the last count', () => {
  const body = sse(
    {
      type: 'message_start',
      message: {
        model: 'm',
        usage: { input_tokens: 3, cache_read_input_tokens: 4, output_tokens: 1 },
      },
    },
    { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hi' } },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  );
  expect(read(anthropicMessages, body)).toEqual({
    status: 'answered',
    text: 'Hi',
    model: 'm',
    usage: { inputTokens: 7, outputTokens: 9 },
    costUsd: null,
  });
});

test('geminiContent skips thoughts, counts them, and reads a list of events', () => {
  const parts = [{ text: 'hm', thought: true }, { text: 'Hi' }];
  const usageMetadata = { promptTokenCount: 2, candidatesTokenCount: 3, thoughtsTokenCount: 4 };
  const events = [
    { candidates: [{ content: { parts } }], modelVersion: 'm' },
    { candidates: [{ finishReason: 'STOP' }], usageMetadata },
  ];
  const answer = { status: 'answered', text: 'Hi', usage: { inputTokens: 2, outputTokens: 7 } };
  expect(read(geminiContent, JSON.stringify(events))).toMatchObject(answer);
  expect(read(geminiContent, sse(...events))).toMatchObject(answer);
});

test.each([
  ['a blocked prompt', { promptFeedback: { blockReason: 'SAFETY' } }, 'refused'],
  ['a recitation', { candidates: [{ finishReason: 'RECITATION' }] }, 'refused'],
  ['a reason that is not known', { candidates: [{ finishReason: 'NEWS' }] }, 'unknown'],
])('geminiContent names %s', (_, event, kind) => {
  expect(read(geminiContent, sse(event))).toMatchObject({ failure: { kind } });
});
