import { expect, test } from 'vitest';
import {
  environmentOverrides,
  environmentVariables,
  mistypedVariables,
} from './environment-variables.ts';

test.each([
  [{ ORCHESTRATOR_MODE: 'complex' }, { mode: 'complex' }],
  [{ ORCHESTRATOR_MODE: ' AUTO ' }, { mode: 'auto' }],
  [{ ORCHESTRATOR_MODELS: 'codex, gemini  grok' }, { models: ['codex', 'gemini', 'grok'] }],
  [{ ORCHESTRATOR_TIMEOUT: '1.5' }, { timeoutMs: 1500 }],
  [{ ORCHESTRATOR_RETRIES: '0' }, { retries: 0 }],
  [{ ORCHESTRATOR_STRICT: 'True' }, { strict: true }],
  [{ ORCHESTRATOR_STRICT: 'false' }, { strict: false }],
  [{ ORCHESTRATOR_MODE: '', PATH: '/bin' }, {}],
  [
    { ORCHESTRATOR_MODE: 'simple', ORCHESTRATOR_RETRIES: '2' },
    { mode: 'simple', retries: 2 },
  ],
])('environmentOverrides() reads %j', (env, overrides) => {
  expect(environmentOverrides(env)).toEqual(overrides);
});

test.each([
  ['ORCHESTRATOR_MODE', 'fast', 'one of simple, medium, complex, architectural, auto'],
  ['ORCHESTRATOR_MODELS', ',', 'names of runners with commas or spaces between them'],
  ['ORCHESTRATOR_TIMEOUT', 'soon', 'seconds from 0.001 to 86400'],
  ['ORCHESTRATOR_TIMEOUT', '0', 'seconds from 0.001 to 86400'],
  ['ORCHESTRATOR_TIMEOUT', '-5', 'seconds from 0.001 to 86400'],
  ['ORCHESTRATOR_RETRIES', '1.5', 'a whole number from 0 to 10'],
  ['ORCHESTRATOR_RETRIES', '99', 'a whole number from 0 to 10'],
  ['ORCHESTRATOR_STRICT', 'yes', 'true or false'],
  ['ORCHESTRATOR_STRICT', 'constructor', 'true or false'],
])('environmentOverrides() refuses %s=%s in one line', (name, value, wanted) => {
  expect(() => environmentOverrides({ [name]: value })).toThrow(
    expect.objectContaining({
      code: 'bad-configuration',
      message: `Cannot use the environment: ${name} is "${value}", wanted ${wanted}`,
    }),
  );
});

test('mistypedVariables() names a variable that is close to a known one, and no other', () => {
  const env = { ORCHESTRATOR_TIMOUT: '5', ORCHESTRATOR_TIMEOUT: '5', ORCHESTRATOR_URL: 'x' };
  expect(mistypedVariables(env)).toEqual([
    'Ignored ORCHESTRATOR_TIMOUT: did you mean ORCHESTRATOR_TIMEOUT',
  ]);
});

test.each(environmentVariables)(
  'environmentVariables describes $name in one sentence',
  (variable) => {
    expect(variable.does).toMatch(/^[A-Z].*\.$/);
  },
);
