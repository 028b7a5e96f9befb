import { describe, expect, test } from 'vitest';
import { codexOutput } from '../runners/codex/codex-output.ts';
import { OutputReader } from './output-reader.ts';
import type { CliReport } from './vendor-cli.ts';

const message = (text: string): object => ({
  type: 'item.completed',
  item: { type: 'agent_message', text },
});
const completed = { type: 'turn.completed', usage: { input_tokens: 1, output_tokens: 2 } };

function reportOf(...lines: readonly (object | string)[]): CliReport {
  const reader = new OutputReader(codexOutput, () => undefined);
  for (const line of lines) {
    reader.push(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }
  return reader.end('');
}

describe('OutputReader', () => {
  test('takes an answer and its end', () => {
    expect(reportOf(message('one'), completed)).toMatchObject({
      text: 'one',
      whole: true,
      error: undefined,
    });
  });

  test('takes no notice of what is no event', () => {
    expect(reportOf('Welcome!', message('one'), completed, 'Bye').error).toBeUndefined();
  });

  test.each([
    ['an answer comes after the end', [message('one'), completed, message('two')]],
    ['there are two ends', [message('one'), completed, message('one'), completed]],
  ])('tells of an error when %s', (_, lines) => {
    expect(reportOf(...lines).error).toEqual({
      kind: 'unknown',
      message: 'Its output has an unknown shape: it said more after its end',
    });
  });

  test('tells of an error when an event is torn, since it may have been the answer', () => {
    const torn = '{"type":"item.completed","item":{"type":"agent_message","te';
    expect(reportOf(message('one'), torn, completed).error).toEqual({
      kind: 'unknown',
      message: 'Its output has an unknown shape: an event that is no JSON',
    });
  });
});
