import { expect, test } from 'vitest';
import { emptyReport } from '../../vendor-cli/vendor-cli.ts';
import { grokOutput } from './grok-output.ts';

const usage = { input_tokens: 700, cache_read_input_tokens: 300, output_tokens: 200 };
const answer = { text: 'Hello', stopReason: 'end_turn', usage };

test('grokOutput reads text and usage', () => {
  expect(grokOutput.read(emptyReport, answer)).toMatchObject({
    whole: true,
    text: 'Hello',
    usage: { inputTokens: 1000, outputTokens: 200 },
  });
});

test('grokOutput takes no answer without usage for a whole one', () => {
  const half = { text: 'Hel', stopReason: 'end_turn' };
  expect(grokOutput.read(emptyReport, half)).toMatchObject({ known: true, whole: false });
});

test.each([
  ['max_tokens', 'output-too-long'],
  ['refusal', 'refused'],
  ['something_new', 'unknown'],
  [undefined, 'unknown'],
])('grokOutput takes the stop reason %s for %s', (stopReason, kind) => {
  expect(grokOutput.read(emptyReport, { ...answer, stopReason })).toMatchObject({
    whole: false,
    error: { kind },
  });
});

test('grokOutput takes an unknown model for a fault of the network when the list could not be fetched', () => {
  const error = { message: `Couldn't set model 'x': Invalid params: "unknown model id"` };
  const stderr =
    '\u001b[33m WARN\u001b[0m Failed to fetch models \u001b[3merror\u001b[0m\u001b[2m=\u001b[0mNetwork(reqwest';
  expect(grokOutput.explain?.(error, stderr).kind).toBe('network');
  expect(grokOutput.explain?.(error, '')).toBe(error);
  expect(grokOutput.explain?.({ message: 'else' }, stderr)).toEqual({ message: 'else' });
});
