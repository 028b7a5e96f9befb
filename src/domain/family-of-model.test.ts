import { expect, test } from 'vitest';
import { familiesInModel, familyOfModel, isKnownFamily } from './family-of-model.ts';

test.each([
  ['claude-opus-4-1', 'claude'],
  ['openai/gpt-oss-20b', 'gpt'],
  ['o4-mini-high', 'gpt'],
  ['ft:gpt-4o-mini:org::id', 'gpt'],
  ['ollama/qwen2.5-coder:7b', 'qwen'],
  ['meta-llama/Llama-3.3-70B', 'llama'],
  ['x-ai/grok-code-fast-1', 'grok'],
  ['deepseek-r1-distill-qwen-7b', 'deepseek'],
  ['ollama/my-own', undefined],
  ['groq/auto', undefined],
])('familyOfModel() of %s is %s', (id, family) => {
  expect(familyOfModel(id)).toBe(family);
});

test('familiesInModel() names the families of a distilled model', () => {
  expect(familiesInModel('DeepSeek-R1-Distill-Llama-8B')).toEqual(['deepseek', 'llama']);
});

test('isKnownFamily() tells families of ids from those that a person made up', () => {
  expect([isKnownFamily('gpt'), isKnownFamily('in-house')]).toEqual([true, false]);
});
