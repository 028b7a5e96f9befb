import { describe, expect, test } from 'vitest';
import { type CliReport, emptyReport } from '../../vendor-cli/vendor-cli.ts';
import { codexOutput } from './codex-output.ts';

const read = (events: readonly unknown[]): CliReport =>
  events.reduce(codexOutput.read, emptyReport);
const message = (text: string) => ({
  type: 'item.completed',
  item: { id: 'item_1', type: 'agent_message', text },
});
const completed = { type: 'turn.completed', usage: { input_tokens: 1000, output_tokens: 200 } };
const reconnecting = { type: 'error', message: 'Reconnecting... 1/5 (stream disconnected)' };
const warning = { type: 'item.completed', item: { type: 'error', message: 'Model metadata' } };

describe('codexOutput', () => {
  test('takes the last message of a completed turn, past warnings and reconnections', () => {
    expect(read([reconnecting, warning, message('first'), message('last'), completed])).toEqual({
      known: true,
      whole: true,
      text: 'last',
      model: null,
      usage: { inputTokens: 1000, outputTokens: 200 },
      costUsd: null,
      error: undefined,
      flaw: undefined,
      notice: { message: reconnecting.message },
      messages: emptyReport.messages,
    });
  });

  test('takes no message of a failed turn', () => {
    const failed = { type: 'turn.failed', error: { message: 'at capacity' } };
    expect(read([message('text'), failed])).toMatchObject({
      whole: false,
      error: { message: 'at capacity' },
    });
  });

  test('takes a reconnection for a notice, and any other error for an error', () => {
    expect(read([reconnecting])).toMatchObject({
      whole: false,
      error: undefined,
      notice: { message: reconnecting.message },
    });
    const fatal = { type: 'error', message: 'Quota exceeded' };
    expect(read([fatal]).error).toEqual({ message: 'Quota exceeded' });
    expect(read([message('text')])).toMatchObject({ whole: false, error: undefined });
  });
});
