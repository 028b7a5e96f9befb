import { expect, test } from 'vitest';
import { renderSandbox, type SandboxRow } from './sandbox-text.ts';

const look = { color: false, width: Number.POSITIVE_INFINITY, unicode: false };
const kernel: SandboxRow = {
  level: 'kernel',
  status: 'missing',
  used: false,
  mechanism: null,
  promisesNot: [],
  languages: [],
  found: 'the kernel has no Landlock',
  remedy: 'Run on another kernel',
};
const runtime: SandboxRow = {
  level: 'runtime',
  status: 'available',
  used: true,
  mechanism: 'deno 2.9.6',
  promisesNot: ['V8 is the only wall.'],
  languages: ['javascript', 'python'],
  found: null,
  remedy: null,
};

test('renderSandbox() shows what a level does and does not promise, and how to get a missing one', () => {
  const text = renderSandbox([kernel, runtime], 'runtime', look);
  expect(text).toMatch(/kernel +x missing +the kernel has no Landlock\n +.*Run on another kernel/);
  expect(text).toMatch(/runtime +\+ used +javascript, python +deno 2\.9\.6\n +V8 is the only wall/);
  expect(text).toMatch(/\nCode is run in runtime\n$/);
});

test('renderSandbox() says that code is not run where no level is strong enough', () => {
  const text = renderSandbox([kernel, { ...runtime, used: false }], 'kernel', look);
  expect(text).toMatch(/Code is not run: there is no level from kernel up/);
});
