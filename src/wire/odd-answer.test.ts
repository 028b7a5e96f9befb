import { describe, expect, test } from 'vitest';
import type { FailureKind } from '../domain/failure.ts';
import { AnswerReader } from './answer-reader.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { geminiContent } from './gemini-content.ts';
import { openAiChat } from './openai-chat.ts';
import { openAiResponses } from './openai-responses.ts';
import type { WireFormat } from './wire-format.ts';

/** A name, what must come of it, and the events, or the text, of the body. */
type Row = readonly [
  name: string,
  kind: FailureKind | 'answered',
  body: readonly unknown[] | string,
];

function testBodies(format: WireFormat, rows: readonly Row[]): void {
  test.each(rows)('takes %s for %s', (_name, kind, body) => {
    const reader = new AnswerReader(format, () => undefined);
    reader.text(typeof body === 'string' ? body : body.map(event).join(''));
    const found = reader.outcome();
    expect(found.status === 'failed' ? found.failure.kind : found.status).toBe(kind);
    if (found.status === 'failed' && kind === 'unknown')
      expect(found.failure.evidence).toMatch(/./);
  });
}

function event(value: unknown): string {
  return typeof value === 'string' ? value : `data: ${JSON.stringify(value)}\n\n`;
}

describe('openAiChat() on odd answers', () => {
  const choice = (more: object) => ({ id: 'a', choices: [{ index: 0, delta: {}, ...more }] });
  const delta = (content: unknown) => choice({ delta: { content } });
  const end = (finish_reason: unknown) => choice({ finish_reason });
  const whole = [delta('Hel'), delta('lo'), end('stop')];

  testBodies(openAiChat(), [
    ['a plain answer', 'answered', whole],
    ['a new field', 'answered', [{ ...delta('Hi'), citations: ['x'] }, end('stop')]],
    [
      'a field of trouble that is not set',
      'answered',
      [{ ...delta('Hi'), error: null }, end('stop')],
    ],
    ['an event that is null', 'answered', [delta('Hi'), null, end('stop')]],
    [
      'a reason on every event',
      'answered',
      [choice({ delta: { content: 'Hi' }, finish_reason: 'stop' })],
    ],
    ...['STOP', 'eos', 'eos_token', 'end_turn', 'COMPLETE', 'tool_calls'].map(
      (reason): Row => [`the good reason ${reason}`, 'answered', [delta('Hi'), end(reason)]],
    ),
    ...['cancelled', 'timeout', 'incomplete', 'failed', 'news', 'constructor', 'toString'].map(
      (reason): Row => [`the reason ${reason}`, 'unknown', [delta('Hi'), end(reason)]],
    ),
    ['a filter with its cause', 'refused', [delta('Hi'), end('content_filter: SAFETY')]],
    ['a reason that is a number', 'unknown', [delta('Hi'), end(7)]],
    ['text behind the end', 'broken-stream', [...whole, delta(' and more')]],
    ['content that is an object', 'unknown', [delta({ text: 'x' }), ...whole]],
    ['content that is a number', 'unknown', [delta(5), ...whole]],
    ['a part of an unknown type', 'unknown', [delta([{ type: 'news', text: 'x' }]), ...whole]],
    [
      'a choice nobody asked for',
      'answered',
      [{ choices: [{ index: 1, delta: { content: 'Other' } }] }, ...whole],
    ],
    ['an event that is text', 'unknown', [delta('Hi'), 'data: "oops"\n\n', end('stop')]],
    ['an event that is a list', 'unknown', [[delta('Hi')], ...whole]],
    ['an event that failed', 'unknown', [delta('Hi'), { type: 'stream.failed' }, end('stop')]],
    [
      'the name of a failure',
      'unknown',
      [delta('Hi'), 'event: failure\ndata: {"x":1}\n\n', end('stop')],
    ],
    [
      'an event with a detail alone',
      'broken-stream',
      [delta('Hi'), { detail: 'boom' }, end('stop')],
    ],
    ['a field of trouble', 'unknown', [{ ...delta('Hi'), truncated: true }, end('stop')]],
    [
      'an error within the choice',
      'overloaded',
      [
        delta('Hi'),
        choice({ error: { code: 502, message: 'Bad gateway' }, finish_reason: 'stop' }),
      ],
    ],
    [
      'one name twice',
      'unknown',
      ['data: {"choices":[{"delta":{"content":"Hi","content":"Bye"}}]}\n\n', end('stop')],
    ],
    ['half a character', 'broken-stream', [delta('H\ud800'), end('stop')]],
    ['a character in two halves', 'answered', [delta('\ud83d'), delta('\ude00'), end('stop')]],
    [
      'a document with one name twice',
      'unknown',
      '{"choices":[{"message":{"content":"Hi","content":"Bye"},"finish_reason":"stop"}]}',
    ],
  ]);
});

describe('openAiChat() of xAI on odd answers', () => {
  const delta = (id: string, content: string) => ({ id, choices: [{ delta: { content } }] });
  const end = { id: 'b', choices: [{ delta: {}, finish_reason: 'stop' }] };

  testBodies(openAiChat({ maxTokensField: 'max_completion_tokens', keepsId: true }), [
    ['a plain answer', 'answered', [delta('b', 'Hel'), delta('b', 'lo'), end]],
    ['an answer begun anew', 'broken-stream', [delta('a', 'Hel'), delta('b', 'Hello'), end]],
  ]);
});

describe('openAiResponses on odd answers', () => {
  const delta = (text: string) => ({ type: 'response.output_text.delta', delta: text });
  const output = (text: string, more: object = {}) => [
    { type: 'reasoning', summary: [] },
    { type: 'message', content: [{ type: 'output_text', text }], ...more },
  ];
  const end = (more: object = {}) => ({
    type: 'response.completed',
    response: { status: 'completed', output: output('Hello'), ...more },
  });
  const created = { type: 'response.created', response: { status: 'in_progress' } };

  testBodies(openAiResponses, [
    ['a plain answer', 'answered', [created, delta('Hel'), delta('lo'), end()]],
    ['an end that does not repeat it', 'answered', [delta('Hello'), end({ output: [] })]],
    ['an answer only at the end', 'answered', [end()]],
    ['a piece that was lost', 'broken-stream', [delta('Hel'), end()]],
    [
      'an answer begun anew',
      'broken-stream',
      [created, delta('Hel'), created, delta('Hello'), end()],
    ],
    [
      'an end with an error',
      'overloaded',
      [delta('Hello'), end({ error: { code: 'server_error', message: 'boom' } })],
    ],
    [
      'an end that is incomplete',
      'output-too-long',
      [delta('Hello'), end({ incomplete_details: { reason: 'max_output_tokens' } })],
    ],
    [
      'a message that is incomplete',
      'broken-stream',
      [delta('Hello'), end({ output: output('Hello', { status: 'incomplete' }) })],
    ],
    [
      'a failure without its status',
      'unknown',
      [delta('Hello'), { type: 'response.failed', response: {} }],
    ],
    ['another word of failure', 'unknown', [delta('Hello'), { type: 'response.aborted' }, end()]],
    [
      'a refusal',
      'refused',
      [
        { type: 'response.refusal.delta', delta: 'No' },
        { type: 'response.refusal.done', refusal: 'No' },
        end({ output: [] }),
      ],
    ],
  ]);
});

describe('anthropicMessages on odd answers', () => {
  const start = { type: 'message_start', message: { model: 'm' } };
  const delta = (text: string) => ({
    type: 'content_block_delta',
    delta: { type: 'text_delta', text },
  });
  const end = (stop_reason: string) => ({ type: 'message_delta', delta: { stop_reason } });
  const stop = { type: 'message_stop' };

  testBodies(anthropicMessages, [
    ['a plain answer', 'answered', [start, { type: 'ping' }, delta('Hi'), end('end_turn'), stop]],
    [
      'an answer begun anew',
      'broken-stream',
      [start, delta('H'), start, delta('Hi'), end('end_turn'), stop],
    ],
    [
      'text behind the end',
      'broken-stream',
      [start, delta('Hi'), end('end_turn'), delta('?'), stop],
    ],
    ['a reason that is not known', 'unknown', [start, delta('Hi'), end('news'), stop]],
    ['a reason of every object', 'unknown', [start, delta('Hi'), end('constructor'), stop]],
    [
      'a word of failure',
      'unknown',
      [start, delta('Hi'), { type: 'message_aborted' }, end('end_turn'), stop],
    ],
  ]);
});

describe('geminiContent on odd answers', () => {
  const part = (text: string, finishReason?: string) => ({
    candidates: [{ content: { parts: [{ text }] }, finishReason }],
  });

  testBodies(geminiContent, [
    ['a plain answer', 'answered', [part('Hel'), part('lo', 'STOP')]],
    ['a reason on every event', 'answered', [part('Hel', 'STOP'), part('lo', 'STOP')]],
    ['text behind the end', 'broken-stream', [part('Hel', 'STOP'), part('lo')]],
    ['a reason that is not known', 'unknown', [part('Hi', 'NEWS')]],
    ['a reason of every object', 'unknown', [part('Hi', 'toString')]],
    ['a field of trouble', 'unknown', [{ ...part('Hi', 'STOP'), interrupted: true }]],
  ]);
});
