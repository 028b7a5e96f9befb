import { expect, test } from 'vitest';
import { type ConfinedCommand, defaultSandboxLimits } from '../../domain/sandbox.ts';
import { packageFile } from '../../lib/package-file.ts';
import { runtimeConfinement } from './runtime.ts';

const script = packageFile('sandbox/self-test.mjs');
const command: ConfinedCommand = {
  program: '/opt/deno',
  args: [script, 'word'],
  readable: [script],
  cwd: packageFile('sandbox'),
  env: { LANG: 'C.UTF-8' },
  processes: 'one',
  scratch: undefined,
  limits: defaultSandboxLimits,
  addressSpace: { reservedMiB: 0 },
};
const wrap = (changes: Partial<ConfinedCommand> = {}) =>
  runtimeConfinement({ deno: '/opt/deno', version: '2.9.6' }).wrap({ ...command, ...changes });

test('runtimeConfinement() permits reading what the command names, and nothing else', () => {
  const plan = wrap();
  const args = 'args' in plan ? plan.args : [];
  expect(args.filter((arg) => arg.startsWith('--allow-'))).toEqual([
    '--allow-env',
    `--allow-read=${script}`,
  ]);
  expect(args.slice(-2)).toEqual([script, 'word']);
});

test('runtimeConfinement() gives Deno no folder in which programs could leave something', () => {
  expect(wrap()).toMatchObject({
    env: { DENO_DIR: expect.stringMatching(/watch\.cjs.none$/), LANG: 'C.UTF-8' },
  });
});

test.each([
  ['another program', { program: '/bin/sh' }, 'Cannot run /bin/sh in Deno'],
  ['a job of several processes', { processes: 'many' as const }, 'Cannot start processes in Deno'],
])('runtimeConfinement() refuses %s', (_, changes, refused) => {
  expect(wrap(changes)).toEqual({ refused });
});
