import { describe, expect, test } from 'vitest';
import { cut, ends, line, outcomeOfParts, testOutputs } from '../../../test/support/odd-output.ts';
import { codexOutput } from './codex-output.ts';

describe('codexOutput on odd output', () => {
  const same = (json: string): string => json;
  const item = (type: string, more: object = {}) => ({
    type: 'item.completed',
    item: { id: 'item_1', type, ...more },
  });
  const said = (text: unknown) => item('agent_message', { text });
  const usage = { input_tokens: 1000, cached_input_tokens: 300, output_tokens: 200 };
  const done = { type: 'turn.completed', usage };
  const failed = (message: unknown) => ({ type: 'turn.failed', error: { message } });
  const hello = said('Hello');

  testOutputs(codexOutput, [
    ['a plain answer', 'answered', [hello, done]],
    [
      'CRLF',
      'answered',
      [line(hello, same).replace('\n', '\r\n'), line(done, same).replace('\n', '\r\n')],
    ],
    ['a BOM', 'answered', ['\ufeff', hello, done]],
    [
      'colours around the events',
      'answered',
      [line(hello, (json) => `\u001b[32m${json}\u001b[0m`), done],
    ],
    ['a banner with braces', 'answered', ['{yes} is no event of {"mine"}\n'.slice(1), hello, done]],
    [
      'a reconnection before',
      'answered',
      [{ type: 'error', message: 'Reconnecting... 1/5 (x)' }, hello, done],
    ],
    [
      'a warning item',
      'answered',
      [item('error', { message: 'Model metadata not found' }), hello, done],
    ],
    ['a new notice', 'answered', [{ type: 'thread.name.updated', name: 'x' }, hello, done]],
    ['a new kind of item', 'answered', [item('screenshot', { path: 'x' }), hello, done]],
    ['a new field', 'answered', [hello, { ...done, cache_saved: 3 }]],
    [
      'a failed turn and then a completed one',
      'rate-limited',
      [failed('last status: 429 Too Many Requests'), hello, done],
    ],
    [
      'a failed turn without a message, then completed',
      'unknown',
      [failed(undefined), hello, done],
    ],
    [
      'an error, then a completed turn',
      'quota-exhausted',
      [{ type: 'error', message: 'Quota exceeded. Check your plan' }, hello, done],
    ],
    [
      'an error after the end',
      'overloaded',
      [hello, done, { type: 'error', message: 'Selected model is at capacity' }],
    ],
    [
      'only a reconnection',
      'broken-stream',
      [hello, { type: 'error', message: 'Reconnecting... 5/5 (stream disconnected)' }],
    ],
    ['turn.incomplete', 'unknown', [hello, { type: 'turn.incomplete' }, done]],
    ['turn.incomplete behind the end', 'unknown', [hello, done, { type: 'turn.incomplete' }]],
    ['turn.interrupted', 'unknown', [hello, { type: 'turn.interrupted' }, done]],
    ['another word of the turn', 'unknown', [hello, { type: 'turn.ended' }, done]],
    ['response.failed', 'unknown', [{ type: 'response.failed' }, hello, done]],
    ['stream_error', 'unknown', [hello, { type: 'stream_error', message: 'x' }, done]],
    [
      'an event without a type, with an error',
      'unknown',
      [{ error: { message: 'x' } }, hello, done],
    ],
    ['a refusal item', 'unknown', [item('refusal', { text: 'no' }), hello, done]],
    ['an answer of another type', 'unknown', [hello, item('final_message', { text: 'Bye' }), done]],
    [
      'a type that is there twice',
      'unknown',
      [hello, '{"type":"turn.failed","type":"turn.started"}\n', done],
    ],
    ['an item without a type', 'unknown', [{ type: 'item.completed', item: {} }, hello, done]],
    ['an item that is null', 'unknown', [hello, { type: 'item.completed', item: null }, done]],
    ['a message that is a list', 'unknown', [hello, said([{ type: 'text', text: 'x' }]), done]],
    ['a message that is null', 'unknown', [hello, said(null), done]],
    ['a message without text', 'unknown', [hello, item('agent_message'), done]],
    [
      'a message in progress',
      'unknown',
      [item('agent_message', { text: 'He', status: 'in_progress' }), done],
    ],
    [
      'a message that says it is incomplete',
      'unknown',
      [item('agent_message', { text: 'He', incomplete: true }), done],
    ],
    ['a message that was only started', 'empty-answer', [{ ...hello, type: 'item.started' }, done]],
    ['an empty last message', 'empty-answer', [hello, said(''), done]],
    ['white space', 'empty-answer', [said(' \n\t '), done]],
    ['only reasoning', 'empty-answer', [item('reasoning', { text: 'Hmm' }), done]],
    ['only a command', 'empty-answer', [item('command_execution', { status: 'failed' }), done]],
    ['no usage', 'unknown', [hello, { type: 'turn.completed' }]],
    ['usage that is text', 'unknown', [hello, { ...done, usage: 'none' }]],
    ['tokens as text', 'unknown', [hello, { ...done, usage: { ...usage, input_tokens: '1000' } }]],
    ['tokens below zero', 'unknown', [hello, { ...done, usage: { ...usage, output_tokens: -1 } }]],
    [
      'tokens beyond counting',
      'unknown',
      [hello, { ...done, usage: { ...usage, output_tokens: 1e300 } }],
    ],
    ['an end with an error', 'unknown', [hello, { ...done, error: { message: 'x' } }]],
    ['an end with another status', 'unknown', [hello, { ...done, status: 'incomplete' }]],
    [
      'an end within another event',
      'broken-stream',
      [hello, { type: 'item.updated', event: done }],
    ],
    ['two answers', 'unknown', [hello, done, hello, done]],
    ['two threads', 'unknown', [hello, done, { type: 'thread.started', thread_id: 'b' }]],
    ['an end that is torn', 'unknown', [hello, line(done, cut)]],
    ['a torn event before a good end', 'unknown', [line(hello, cut), done]],
    [
      'a last message behind a banner',
      'unknown',
      [hello, `Working... ${line(said('Bye'), same)}`, done],
    ],
    [
      'a failure behind spaces',
      'rate-limited',
      [hello, `  ${line(failed('last status: 429'), same)}`, done],
    ],
    [
      'a failure in colours',
      'rate-limited',
      [line(failed('last status: 429'), (json) => `\u001b[31m${json}`), hello, done],
    ],
    [
      'a NUL within an event',
      'unknown',
      [hello, line(said('x'), (json) => json.replace('x', '\0')), done],
    ],
    ['a list of all events', 'unknown', [line([hello, done], same)]],
    [
      'half a character',
      'broken-stream',
      [line(hello, (json) => json.replace('Hello', 'H\\ud800')), done],
    ],
    ['an exit code', 'unknown', [hello, done], ends.badly],
    ['a signal', 'broken-stream', [hello, done], ends.killed],
    ['the exit code of a signal', 'unknown', [hello, done], ends.terminated],
    [
      'an error as the answer',
      'unauthorized',
      [said('unexpected status 401 Unauthorized: Incorrect API key'), done],
    ],
  ]);
});

test('the evidence holds what was not understood, wherever it stood', () => {
  const notices = Array.from({ length: 200 }, () => ({
    type: 'turn.started',
    padding: 'x'.repeat(50),
  }));
  expect(
    outcomeOfParts(codexOutput, [...notices, { type: 'turn.incomplete', why: 'odd' }]),
  ).toMatchObject({
    failure: { kind: 'unknown', evidence: expect.stringContaining('"why":"odd"') },
  });
});
