import { describe, expect, test } from 'vitest';
import { type CliReport, emptyReport } from '../../vendor-cli/vendor-cli.ts';
import { claudeOutput } from './claude-output.ts';

const result = {
  stop_reason: 'end_turn',
  total_cost_usd: 0.00686,
  usage: {
    input_tokens: 700,
    cache_creation_input_tokens: 5,
    cache_read_input_tokens: 300,
    output_tokens: 200,
  },
  modelUsage: { 'claude-opus-5-5': { inputTokens: 700 } },
  terminal_reason: 'completed',
  is_error: false,
  subtype: 'success',
  api_error_status: null,
  result: 'Hello',
  type: 'result',
};

const read = (change: object) => claudeOutput.read(emptyReport, { ...result, ...change });

describe('claudeOutput', () => {
  test('reads text, model, usage with the cached tokens, and cost', () => {
    expect(read({})).toEqual({
      known: true,
      whole: true,
      text: 'Hello',
      model: 'claude-opus-5-5',
      usage: { inputTokens: 1005, outputTokens: 200 },
      costUsd: 0.00686,
      error: undefined,
      flaw: undefined,
      notice: undefined,
      messages: emptyReport.messages,
    });
  });

  test('takes the model of the message, but not the one that errors are told by', () => {
    const said = (model: string) => ({ type: 'assistant', message: { model } });
    const told = claudeOutput.read(emptyReport, said('claude-x'));
    expect(told.model).toBe('claude-x');
    expect(claudeOutput.read(told, said('<synthetic>')).model).toBe('claude-x');
  });

  test.each([
    [{ stop_reason: 'max_tokens' }, 'output-too-long'],
    [{ stop_reason: 'refusal' }, 'refused'],
    [{ stop_reason: 'tool_use' }, 'unknown'],
    [{ terminal_reason: 'something_new' }, 'unknown'],
    [{ is_error: undefined }, 'unknown'],
    [{ is_error: true, terminal_reason: 'prompt_too_long' }, 'input-too-long'],
    [{ is_error: true, terminal_reason: 'aborted_streaming' }, 'broken-stream'],
  ])('takes %o for %s, with success as its subtype', (change, kind) => {
    expect(read(change)).toMatchObject({ whole: false, error: { kind } });
  });

  test('keeps the status and the code of an API error', () => {
    const words = { api_error_status: 401, api_error_type: 'authentication_error' };
    expect(read({ is_error: true, result: 'Invalid API key', ...words })).toMatchObject({
      whole: false,
      error: { message: 'Invalid API key', status: 401, code: 'authentication_error success' },
    });
  });

  test('takes no result for whole that is the last of several messages', () => {
    const piece = (event: object) => ({ type: 'stream_event', event });
    const start = piece({ type: 'message_start' });
    const some = piece({ delta: { type: 'text_delta', text: 'He' } });
    const noRoom = piece({ type: 'message_delta', delta: { stop_reason: 'max_tokens' } });
    const kindOf = (events: readonly object[]) =>
      [...events, result].reduce<CliReport>(claudeOutput.read, emptyReport).error?.kind;
    expect(kindOf([start, some, some])).toBeUndefined();
    expect(kindOf([start, start, some])).toBeUndefined();
    expect(kindOf([start, some, start, some])).toBe('broken-stream');
    expect(kindOf([start, some, noRoom, start, some])).toBe('output-too-long');
  });

  test('shows text as it is written, thoughts and tokens, and other pieces as activity', () => {
    const piece = (delta: object) => ({ type: 'stream_event', event: { delta } });
    const shown = (event: unknown) => claudeOutput.progress?.(event);
    expect(shown(piece({ type: 'text_delta', text: 'He' }))).toEqual({ type: 'text', text: 'He' });
    expect(shown(piece({ type: 'thinking_delta', thinking: 'x' }))).toEqual({
      type: 'activity',
      doing: 'thinking',
    });
    expect(shown(piece({ type: 'signature_delta' }))).toEqual({ type: 'activity' });
    const counted = { type: 'message_delta', usage: { output_tokens: 7 } };
    expect(shown({ type: 'stream_event', event: counted })).toEqual({
      type: 'activity',
      outputTokens: 7,
    });
    const started = { type: 'activity', doing: 'started' };
    expect(shown({ type: 'system', subtype: 'init' })).toEqual(started);
    expect(shown({ type: 'result' })).toBeUndefined();
  });
});
