import { expect, test } from 'vitest';
import { planWith, primary, samplePlan, validator } from '../../test/support/sample-run.ts';
import { renderRoute } from './route-text.ts';

const look = { color: false, width: 80, unicode: true };

test('renderRoute() says whom a task would be given to, and why', () => {
  expect(renderRoute(samplePlan, look)).toBe(
    [
      '  Category    backend',
      '  Mode        medium',
      '  Primaries   claude-code and codex',
      '  Validators  gemini',
      '  Because     The words api and endpoint name backend work',
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
  const text = renderRoute(plan, look);
  expect(text).toContain('  Validators  none\n');
  expect(text).toContain('  Stand-ins   claude-code in place of grok: not signed in\n');
  expect(text).toContain(
    '  Missing     codex: Program "codex" was not found on PATH. Install codex\n',
  );
});

test('renderRoute() keeps the validators of a plan apart from its primaries', () => {
  const text = renderRoute(planWith([primary(1, 'a'), validator(1, 'b'), validator(2, 'c')]), look);
  expect(text).toContain('  Primaries   a\n  Validators  b and c\n');
});
