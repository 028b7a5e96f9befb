import { describe } from 'vitest';
import { cut, ends, line, testOutputs, without } from '../../../test/support/odd-output.ts';
import { claudeOutput } from './claude-output.ts';

describe('claudeOutput on odd output', () => {
  const usage = {
    input_tokens: 700,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 300,
    output_tokens: 200,
  };
  const good = {
    type: 'result',
    subtype: 'success',
    is_error: false,
    stop_reason: 'end_turn',
    terminal_reason: 'completed',
    api_error_status: null,
    result: 'Hello',
    usage,
    modelUsage: { 'claude-x': {} },
    permission_denials: [],
    total_cost_usd: 0.01,
  };
  const bad = {
    ...good,
    is_error: true,
    terminal_reason: 'api_error',
    api_error_status: 529,
    result: 'API Error: 529 Overloaded',
  };
  const piece = (event: object) => ({ type: 'stream_event', event });
  const stopped = (reason: unknown) =>
    piece({ type: 'message_delta', delta: { stop_reason: reason } });
  const synthetic = (text: string) => ({
    type: 'assistant',
    error: 'server_error',
    message: { model: '<synthetic>', content: [{ type: 'text', text }] },
  });
  const answer = (result: unknown) => ({ ...good, result });

  testOutputs(claudeOutput, [
    ['a plain answer', 'answered', [good]],
    [
      'a notice of a limit',
      'answered',
      [{ type: 'rate_limit_event', rate_limit_info: { status: 'allowed' } }, good],
    ],
    ['a new notice', 'answered', [{ type: 'session_title', title: 'x' }, good]],
    [
      'a notice of a retry',
      'answered',
      [{ type: 'system', subtype: 'api_retry', error: 'overloaded' }, good],
    ],
    ['a paused turn', 'answered', [stopped('pause_turn'), good]],
    [
      'no stop reason and no cost',
      'answered',
      [{ ...good, stop_reason: null, total_cost_usd: undefined }],
    ],
    ['no end of the line, and CRLF before', 'answered', ['Welcome\r\n', JSON.stringify(good)]],
    ['an error and then an answer', 'overloaded', [bad, good]],
    ['an answer and then an error', 'overloaded', [good, bad]],
    ['an answer twice', 'unknown', [good, good]],
    [
      'an error event',
      'unknown',
      [{ type: 'error', error: { type: 'overloaded_error', message: 'x' } }, good],
    ],
    ['an error event behind the result', 'unknown', [good, { type: 'error' }]],
    ['an aborted event', 'unknown', [{ type: 'request_aborted' }, good]],
    [
      'an unknown system notice of a failure',
      'unknown',
      [{ type: 'system', subtype: 'turn_failed' }, good],
    ],
    [
      'an error within the stream',
      'overloaded',
      [piece({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }), good],
    ],
    [
      'a message of its own about an error',
      'overloaded',
      [synthetic('API Error: 500 Internal server error'), good],
    ],
    [
      'more text behind the result',
      'unknown',
      [good, piece({ delta: { type: 'text_delta', text: 'more' } })],
    ],
    [
      'a message behind the result',
      'unknown',
      [good, { type: 'assistant', message: { model: 'm', content: [] } }],
    ],
    ['no room, then a good result', 'output-too-long', [stopped('max_tokens'), good]],
    ['a refusal, then a good result', 'refused', [stopped('refusal'), good]],
    ['a new reason to stop in the stream', 'unknown', [stopped('thought_police'), good]],
    ['max_tokens', 'output-too-long', [{ ...good, stop_reason: 'max_tokens' }]],
    ['a refusal', 'refused', [{ ...good, stop_reason: 'refusal' }]],
    ['a pause at the end', 'unknown', [{ ...good, stop_reason: 'pause_turn' }]],
    ['only the use of a tool', 'unknown', [{ ...good, stop_reason: 'tool_use', result: '' }]],
    [
      'only thinking',
      'empty-answer',
      [piece({ delta: { type: 'thinking_delta', thinking: 'Hmm' } }), answer('')],
    ],
    ['white space', 'empty-answer', [answer(' \n ')]],
    ['a result that is a list', 'unknown', [answer([{ type: 'text', text: 'Hello' }])]],
    ['a result that is an object', 'unknown', [answer({ text: 'Hello' })]],
    ['a result that is null', 'unknown', [answer(null)]],
    ['a result within the result', 'unknown', [{ type: 'result', result: good }]],
    ['no result', 'unknown', [without(good, 'result')]],
    ['a text that no model wrote', 'unknown', [{ ...good, modelUsage: {} }]],
    ['is_error twice', 'unknown', [line(good, (json) => json.replace('{', '{"is_error":true,'))]],
    [
      'a reason with the name of what every object has',
      'unknown',
      [{ ...good, stop_reason: 'constructor', terminal_reason: 'toString' }],
    ],
    ['is_error as text', 'unknown', [{ ...good, is_error: 'false' }]],
    ['no is_error', 'unknown', [without(good, 'is_error')]],
    ['another subtype', 'unknown', [{ ...good, subtype: 'partial_success' }]],
    ['another terminal reason', 'unknown', [{ ...good, terminal_reason: 'max_turns' }]],
    ['a stop reason that is a number', 'unknown', [{ ...good, stop_reason: 1 }]],
    ['no usage', 'unknown', [without(good, 'usage')]],
    ['usage as a list', 'unknown', [{ ...good, usage: [] }]],
    ['tokens as text', 'unknown', [{ ...good, usage: { ...usage, output_tokens: '200' } }]],
    [
      'tokens below zero',
      'unknown',
      [{ ...good, usage: { ...usage, cache_read_input_tokens: -5 } }],
    ],
    ['a cost below zero', 'unknown', [{ ...good, total_cost_usd: -1 }]],
    ['a cost as text', 'unknown', [{ ...good, total_cost_usd: '0.01' }]],
    ['an endless cost', 'unknown', [line(good, (json) => json.replace('0.01', '1e999'))]],
    ['a good result with the status of an error', 'unknown', [{ ...good, api_error_status: 500 }]],
    ['a good result with errors', 'unknown', [{ ...good, errors: ['x'] }]],
    [
      'a good result that is incomplete',
      'unknown',
      [{ ...good, incomplete_details: { reason: 'x' } }],
    ],
    ['a tool that was put off', 'unknown', [{ ...good, deferred_tool_use: { id: 'x' } }]],
    ['a torn result', 'unknown', [line(good, cut)]],
    ['a torn event before the result', 'unknown', [line(stopped('end_turn'), cut), good]],
    ['an exit code', 'unknown', [good], ends.badly],
    ['a signal', 'broken-stream', [good], ends.killed],
    [
      'an error as the answer',
      'overloaded',
      [
        answer(
          'API Error: 500 {"type":"error","error":{"type":"api_error","message":"Internal server error"}}',
        ),
      ],
    ],
    [
      'a limit as the answer',
      'quota-exhausted',
      [answer("You've hit your session limit · resets 3pm")],
    ],
    ['a bad key as the answer', 'unauthorized', [answer('Invalid API key · Fix external API key')]],
    ['no login as the answer', 'not-signed-in', [answer('Not logged in · Please run /login')]],
    [
      'an answer about an error',
      'answered',
      [answer('API Error: 500 means that the server failed.')],
    ],
    [
      'code behind the words of an error',
      'answered',
      [answer('API Error: 500 is handled here:\n\n```js\nretry();\n```')],
    ],
    [
      'an answer about keys',
      'answered',
      [answer('Invalid API key errors come from a wrong variable. Check it.')],
    ],
  ]);
});
