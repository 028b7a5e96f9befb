import { expect, test } from 'vitest';
import { answered, planWith, primary } from '../../test/support/sample-run.ts';
import { identityMismatch } from './identity-mismatch.ts';
import type { Evidence } from './validate.ts';

function mismatch(family: string | undefined, model: string | null): readonly string[] {
  const seat = { ...primary(1, 'm'), family };
  const evidence = { plan: planWith([seat]), attempts: [answered(seat, { model })] };
  // The function reads no more of the evidence.
  return identityMismatch(evidence as unknown as Evidence).map(({ witness }) => witness);
}

test('identityMismatch() names who answered in place of the model that was asked', () => {
  expect(mismatch('claude', 'gpt-4o-mini')).toEqual(['m was answered by gpt-4o-mini']);
});

test.each([
  ['claude', 'anthropic/claude-sonnet-4'],
  ['claude', null],
  ['claude', 'my-deployment'],
  ['grok', 'x-ai/grok-4'],
  ['in-house', 'gpt-4o-mini'],
  ['qwen', 'deepseek-r1-distill-qwen-7b'],
  ['deepseek', 'deepseek-r1-distill-qwen-7b'],
  [undefined, 'gpt-4o-mini'],
])('identityMismatch() is silent where %s was asked and %s answers', (family, model) => {
  expect(mismatch(family, model)).toEqual([]);
});
