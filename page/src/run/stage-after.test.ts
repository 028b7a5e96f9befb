import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/domain/event.ts';
import type { Lane } from '../../../src/report/lanes.ts';
import { noStage, stageAfter } from './stage-after.ts';

const lane = (outcome: Lane['outcome']): Lane =>
  ({ role: 'primary', outcome, state: outcome ?? 'asking' }) as Lane;
const event = (type: RunEvent['type']): RunEvent => ({ type, atMs: 0 }) as RunEvent;

const wordsAfter = (lanes: readonly Lane[], ...types: readonly RunEvent['type'][]): string =>
  types.reduce((stage, type) => stageAfter(stage, event(type), lanes), noStage).words;

test('stageAfter() goes on asking while an answer is checked and others are waited for', () => {
  const types = ['run-started', 'plan-made', 'verdict-given'] as const;
  expect(wordsAfter([lane('answered'), lane(null)], ...types)).toBe('Asking the models');
  expect(wordsAfter([lane('answered'), lane('failed')], ...types)).toBe('Checking the answers');
});

test('stageAfter() goes on running until every answer was run', () => {
  const lanes = [lane('answered'), lane('answered')];
  const types = ['suite-made', 'candidate-observed'] as const;
  expect(wordsAfter(lanes, ...types)).toBe('Running the answers in the sandbox');
  expect(wordsAfter(lanes, ...types, 'candidate-observed')).toBe('Comparing what the answers do');
});
