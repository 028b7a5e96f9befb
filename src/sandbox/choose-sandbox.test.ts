import { expect, test } from 'vitest';
import type { LevelRow, SandboxLevel } from '../domain/sandbox.ts';
import { chooseSandbox } from './choose-sandbox.ts';
import { confinedSandbox } from './confined-sandbox.ts';
import { noConfinement } from './none/none.ts';

const available = (level: SandboxLevel): LevelRow => {
  const sandbox = { ...confinedSandbox(noConfinement()), level };
  return { level, status: 'available', sandbox };
};
const missing = (level: SandboxLevel): LevelRow => {
  return { level, status: 'missing', because: 'no-program', found: 'nothing' };
};

test('chooseSandbox() takes the strongest level, in whatever order they come', () => {
  const rows = [available('runtime'), available('kernel'), missing('namespaces')];
  expect(chooseSandbox(rows, 'runtime')).toMatchObject({ sandbox: { level: 'kernel' } });
});

test('chooseSandbox() refuses what is below the floor, with every reason', () => {
  const rows = [missing('namespaces'), missing('kernel'), available('runtime')];
  expect(chooseSandbox(rows, 'kernel')).toEqual({ status: 'refused', floor: 'kernel', rows });
});

test('chooseSandbox() takes none only when the floor is none', () => {
  expect(chooseSandbox([available('none')], 'runtime').status).toBe('refused');
  expect(chooseSandbox([available('none')], 'none').status).toBe('chosen');
});
