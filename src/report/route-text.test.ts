import { expect, test } from 'vitest';
import { planWith, primary, samplePlan, validator } from '../../test/support/sample-run.ts';
import type { Estimate } from '../domain/estimate.ts';
import { renderRoute } from './route-text.ts';

const estimate: Estimate = {
  least: { costUsd: 0.0012, tokens: 350 },
  single: { costUsd: 0.01, tokens: 1000 },
  most: { costUsd: 1.5, tokens: 64_000 },
  unpriced: [],
  unbounded: [],
};

const look = { color: false, width: 80, unicode: true };

test('renderRoute() says whom a task would be given to, and why', () => {
  expect(renderRoute(samplePlan, estimate, look)).toBe(
    [
      '  Category    backend',
      '  Mode        medium',
      '  Primaries   claude-code and codex',
      '  Validators  gemini',
      '  Because     The words api and endpoint name backend work',
      '  Estimate    $0.0012 to $1.50, 350 to 64k tokens',
      '',
    ].join('\n'),
  );
});

test('renderRoute() says who stands in for whom, and who is missing', () => {
  const unavailable = {
    status: 'unavailable',
    kind: 'not-installed',
    message: 'Program "codex" was not found on PATH',
    remedy: 'Install codex',
  } as const;
  const plan = planWith([primary(1, 'claude-code'), { ...primary(2, 'codex'), unavailable }], {
    substitutions: [
      { seat: 'primary-1', planned: 'grok', runner: 'claude-code', because: 'not-signed-in' },
    ],
  });
  const text = renderRoute(plan, estimate, look);
  expect(text).toContain('  Validators  none\n');
  expect(text).toContain('  Stand-ins   claude-code in place of grok: not signed in\n');
  expect(text).toContain(
    '  Missing     codex: Program "codex" was not found on PATH. Install codex\n',
  );
});

test('renderRoute() keeps the validators of a plan apart from its primaries', () => {
  const text = renderRoute(
    planWith([primary(1, 'a'), validator(1, 'b'), validator(2, 'c')]),
    estimate,
    look,
  );
  expect(text).toContain('  Primaries   a\n  Validators  b and c\n');
});

test('renderRoute() says of whom the price or the longest answer is not known', () => {
  const text = renderRoute(
    samplePlan,
    {
      ...estimate,
      most: { costUsd: null, tokens: null },
      unpriced: ['codex', 'gemini'],
      unbounded: ['codex'],
    },
    look,
  );
  expect(text).toContain('  Estimate    at least $0.0012, at least 350 tokens\n');
  expect(text).toContain('no price is known of codex and gemini\n');
  expect(text).toContain('the longest answer is not known of codex\n');
});
