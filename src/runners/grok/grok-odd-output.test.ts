import { describe } from 'vitest';
import { ends, testOutputs } from '../../../test/support/odd-output.ts';
import { grokOutput } from './grok-output.ts';

describe('grokOutput on odd output', () => {
  const usage = { input_tokens: 700, cache_read_input_tokens: 300, output_tokens: 200 };
  const good = { text: 'Hello', stopReason: 'end_turn', sessionId: 'a', usage, num_turns: 1 };

  testOutputs(grokOutput, [
    ['a plain answer', 'answered', [good]],
    ['a banner before', 'answered', ['Unpacking...\n', good]],
    ['a new field', 'answered', [{ ...good, requestId: 'x' }]],
    [
      'an error and then an answer',
      'rate-limited',
      [{ type: 'error', message: 'Too many requests' }, good],
    ],
    [
      'an answer and then an error',
      'rate-limited',
      [good, { type: 'error', message: 'Too many requests' }],
    ],
    ['an answer with an error', 'unknown', [{ ...good, error: { message: 'x' } }]],
    ['an answer with an error of text', 'unknown', [{ ...good, error: 'x' }]],
    ['an answer of another type', 'unknown', [{ ...good, type: 'cancelled' }]],
    ['an answer that is incomplete', 'unknown', [{ ...good, incomplete: true }]],
    ['junk behind the document', 'unknown', [good, 'thread main panicked\n']],
    ['junk on the line of the document', 'unknown', [JSON.stringify(good), ' oops']],
    ['two answers', 'unknown', [good, good]],
    ['two answers on one line', 'unknown', [JSON.stringify(good), JSON.stringify(good)]],
    ['an error behind a banner', 'unknown', ['x {"type":"error"}\n', good]],
    ['a name twice', 'unknown', [JSON.stringify(good).replace('{', '{"text":"Bye",')]],
    [
      'a reason with the name of what every object has',
      'unknown',
      [{ ...good, stopReason: 'constructor' }],
    ],
    ['usage that is text', 'unknown', [{ ...good, usage: 'none' }]],
    ['usage that is empty', 'unknown', [{ ...good, usage: {} }]],
    ['usage that is a list', 'unknown', [{ ...good, usage: [1] }]],
    ['tokens as text', 'unknown', [{ ...good, usage: { ...usage, output_tokens: '1' } }]],
    ['usage that is null', 'broken-stream', [{ ...good, usage: null }]],
    ['text that is a list', 'unknown', [{ ...good, text: ['Hello'] }]],
    ['a stop reason that is a list', 'unknown', [{ ...good, stopReason: ['end_turn'] }]],
    ['another writing of the stop reason', 'unknown', [{ ...good, stopReason: 'END_TURN' }]],
    ['white space', 'empty-answer', [{ ...good, text: '\n' }]],
    ['a signal', 'broken-stream', [good], ends.killed],
    ['an exit code', 'unknown', [good], ends.badly],
    [
      'an error as the answer',
      'unauthorized',
      [{ ...good, text: 'Sorry, I encountered an error: 401 Incorrect API key provided' }],
    ],
  ]);
});
