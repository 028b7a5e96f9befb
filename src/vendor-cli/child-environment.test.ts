import { expect, test } from 'vitest';
import { childEnvironment } from './child-environment.ts';

test('childEnvironment() keeps what any program needs and what is named, and nothing else', () => {
  const kept = {
    PATH: '/bin',
    HOME: '/home/a',
    LC_CTYPE: 'C',
    XDG_CONFIG_HOME: '/c',
    https_proxy: 'http://p',
    NO_PROXY: '*',
    OWN_KEY: 'k',
  };
  const dropped = {
    CLAUDECODE: '1',
    ANTHROPIC_API_KEY: 'a',
    NODE_OPTIONS: '--inspect',
    LD_PRELOAD: '/x.so',
    AWS_SECRET_ACCESS_KEY: 's',
    UNSET: undefined,
  };
  expect(childEnvironment({ ...kept, ...dropped }, ['OWN_KEY', 'MISSING', 'UNSET'])).toEqual({
    ...kept,
    ORCHESTRATOR_DEPTH: '1',
  });
});

test.each([
  ['1', '2'],
  ['nonsense', '1'],
])('childEnvironment() tells the depth behind %s', (ORCHESTRATOR_DEPTH, depth) => {
  expect(childEnvironment({ ORCHESTRATOR_DEPTH }, [])).toEqual({ ORCHESTRATOR_DEPTH: depth });
});
