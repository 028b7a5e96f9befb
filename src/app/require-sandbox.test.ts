import { expect, test } from 'vitest';
import { requireSandbox } from './require-sandbox.ts';

test('requireSandbox() refuses with what was found and where to read on', () => {
  const rows = [
    { level: 'namespaces', status: 'missing', because: 'no-program', found: 'no bwrap' },
  ] as const;
  expect(() => requireSandbox({ status: 'refused', floor: 'namespaces', rows })).toThrow(
    'Cannot run code in a sandbox of the level namespaces or stronger: namespaces: no bwrap',
  );
});
