import { expect, test } from 'vitest';
import type { RouteView } from '../../../src/serve/api/shapes.ts';
import { routeLine, seatGroups } from './route-line.ts';

const seat = (id: string, model: string): RouteView['seats'][number] => ({
  id,
  role: id.startsWith('primary') ? 'primary' : 'validator',
  model,
  available: true,
  why_not: null,
});

const unknown = { cost_usd: null, tokens: null };
const route: RouteView = {
  category: 'frontend',
  mode: 'complex',
  reason: 'frontend: react',
  words: ['react'],
  seats: [
    seat('primary-1', 'gemini'),
    seat('primary-1.2', 'gemini'),
    seat('primary-2', 'codex'),
    seat('validator-1', 'grok'),
  ],
  substitutions: [],
  learning: null,
  estimate: { least: unknown, most: unknown, unpriced: [], unbounded: [] },
};

test('seatGroups() counts further answers with the first of their seat', () => {
  expect(seatGroups(route).map(({ id, count }) => [id, count])).toEqual([
    ['primary-1', 2],
    ['primary-2', 1],
    ['validator-1', 1],
  ]);
});

test('routeLine() says why whom is asked, and how often', () => {
  expect(routeLine(route)).toBe(
    'frontend: react → gemini (2 times), codex; validator grok (complex)',
  );
});
