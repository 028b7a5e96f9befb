import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** Which top folders of src/ each top folder may import. The arrows point down only. */
const stages = [
  'route',
  'ask',
  'extract',
  'specify',
  'verify',
  'observe',
  'decide',
  'settle',
  'merge',
  'validate',
];
const mayImport: Record<string, readonly string[]> = {
  domain: [],
  lib: [],
  config: ['domain', 'lib'],
  ...Object.fromEntries(stages.map((stage) => [stage, ['domain', 'lib']])),
  report: ['domain', 'lib'],
  bench: ['domain', 'lib', 'extract', 'specify', 'verify', 'observe', 'decide'],
  wire: ['domain', 'lib'],
  'vendor-cli': ['domain', 'lib', 'wire'],
  runners: ['domain', 'lib', 'wire', 'vendor-cli'],
  checkers: ['domain', 'lib'],
  sandbox: ['domain', 'lib'],
  executors: ['domain', 'lib', 'sandbox'],
  learn: ['domain', 'lib'],
  history: ['domain', 'lib', 'learn'],
  limits: ['domain', 'lib'],
  cache: ['domain', 'lib'],
  engines: ['domain', 'lib'],
  telemetry: ['domain', 'lib'],
  run: ['domain', 'lib', ...stages],
  app: [
    'domain',
    'lib',
    'config',
    ...stages,
    'run',
    'wire',
    'vendor-cli',
    'runners',
    'checkers',
    'sandbox',
    'executors',
    'bench',
    'history',
    'learn',
    'limits',
    'cache',
    'engines',
    'report',
    'telemetry',
  ],
  serve: ['domain', 'lib', 'config', 'app', 'report', 'telemetry'],
  cli: ['domain', 'lib', 'config', 'app', 'report', 'serve', 'telemetry'],
  testing: ['domain', 'lib', 'history', 'limits', 'run'],
  'index.ts': ['app', 'config', 'domain', 'report'],
  'v1.ts': ['app', 'domain', 'report'],
};

const root = new URL('../src', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);
const top = (file: string): string => file.split('/')[0] ?? file;

const edges = files.flatMap((from) =>
  [
    ...readFileSync(join(root, from), 'utf8').matchAll(
      /^(?:import|export)\b[^;]*?from '(\.[^']+)';/gms,
    ),
  ].map(([, spec]) => ({
    from,
    to: relative(root, join(root, dirname(from), spec ?? '')),
  })),
);

test('every import points down the layer table', () => {
  const upward = edges.filter(
    ({ from, to }) => top(from) !== top(to) && !mayImport[top(from)]?.includes(top(to)),
  );
  expect(upward).toEqual([]);
});

test('a runner does not import another runner', () => {
  const sideways = edges.filter(
    ({ from, to }) =>
      /^runners\/.+\//.test(from) && top(to) === 'runners' && dirname(from) !== dirname(to),
  );
  expect(sideways).toEqual([]);
});

test('the scan saw the source', () => {
  expect(edges.length).toBeGreaterThan(files.length);
  expect(files.map(top).filter((name) => !(name in mayImport))).toEqual([]);
});

test('the page imports nothing of the product but types and what is pure', () => {
  const page = new URL('../page/src', import.meta.url).pathname;
  const imports = readdirSync(page, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(page, file), 'utf8').matchAll(
        /^import (type )?[^;]*?from '(?:\.\.\/)+src\/([^']+)';/gms,
      ),
    ]);
  expect(imports.length).toBeGreaterThan(20);
  const others = imports.filter(
    ([, isType, path = '']) => !isType && !/^(?:domain|report)\//.test(path),
  );
  expect(others.map(([line]) => line)).toEqual([]);
});
