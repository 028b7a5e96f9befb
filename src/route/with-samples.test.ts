import { expect, test } from 'vitest';
import type { Plan } from '../domain/plan.ts';
import { withSamples } from './with-samples.ts';

const plan: Plan = {
  route: {
    category: 'general',
    mode: 'medium',
    primaries: ['claude-code', 'codex'],
    validators: ['gemini'],
    words: [],
    reason: '',
  },
  seats: [
    { id: 'primary-1', role: 'primary', runner: 'claude-code' },
    { id: 'primary-2', role: 'primary', runner: 'grok' },
    { id: 'validator-1', role: 'validator', runner: 'gemini' },
  ],
  substitutions: [
    { seat: 'primary-2', planned: 'codex', runner: 'grok', because: 'not-installed' },
  ],
};
const seats = (samples: Parameters<typeof withSamples>[1]) =>
  withSamples(plan, samples).seats.map(({ id, runner }) => `${id} ${runner}`);

test('withSamples() leaves the plan alone for one answer of each', () => {
  expect(withSamples(plan, 1)).toBe(plan);
});

test('withSamples() gives every primary the same number of seats, and a validator one', () => {
  expect(seats(2)).toEqual([
    'primary-1 claude-code',
    'primary-1.2 claude-code',
    'primary-2 grok',
    'primary-2.2 grok',
    'validator-1 gemini',
  ]);
});

test('withSamples() counts a named runner, also where another took its seat', () => {
  expect(seats({ codex: 3 })).toEqual([
    'primary-1 claude-code',
    'primary-2 grok',
    'primary-2.2 grok',
    'primary-2.3 grok',
    'validator-1 gemini',
  ]);
});

test('withSamples() refuses a name that is no primary of the task', () => {
  expect(() => seats({ gemini: 2 })).toThrow(
    'Cannot ask "gemini" for samples: the primaries of this task are claude-code, codex',
  );
});
