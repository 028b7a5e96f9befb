import { describe, expect, test } from 'vitest';
import type { CodeFile } from '../../domain/candidate.ts';
import { type Ground, layOver } from './lay-over.ts';

const file = (path: string | null, language: string | null = null): CodeFile => ({
  path,
  language,
  text: `of ${path}`,
});
const ground: Ground = {
  tests: new Set(['test_solution.py']),
  wanted: [{ paths: ['solution.py'], names: ['f'] }],
  has: (path) => path === 'package.json',
};
const paths = (answer: readonly CodeFile[], change: Partial<Ground> = {}) =>
  layOver(answer, { ...ground, ...change }).files.map(({ path }) => path);

describe('layOver() names', () => {
  test.each<[string, CodeFile, readonly string[]]>([
    ['a single file as the tests import it', file(null, 'python'), ['solution.py']],
    ['a single file of another name as the tests import it', file('main.py'), ['solution.py']],
    ['a file of another language after its language', file(null, 'go'), ['solution.go']],
    ['a file of no known language', file(null), ['solution.txt']],
    ['the file that the tests import', file('solution.py'), ['solution.py']],
  ])('%s', (_, only, expected) => {
    expect(paths([only])).toEqual(expected);
  });

  test('the files of an answer that has what the tests import as they are', () => {
    expect(paths([file('util.py'), file('solution.py')])).toEqual(['util.py', 'solution.py']);
  });

  test('the file without a name as the tests import it, beside one with a name', () => {
    expect(paths([file('util.py'), file(null, 'python')])).toEqual(['util.py', 'solution.py']);
  });

  test('JavaScript by a TypeScript name that the tests import', () => {
    const wanted = [{ paths: ['a.js', 'a.ts'], names: null }];
    expect(paths([file(null, 'typescript')], { wanted })).toEqual(['a.ts']);
    expect(paths([file(null, 'javascript')], { wanted })).toEqual(['a.js']);
  });
});

test.each([
  ['../out.py', 'it leads out of the folder'],
  ['/etc/cron.d/x', 'it leads out of the folder'],
  ['a/../../x', 'it leads out of the folder'],
  ['C:/x', 'it leads out of the folder'],
  ['.git/hooks/post-checkout', 'it leads out of the folder'],
  ['node_modules/vitest/index.js', 'it leads out of the folder'],
  ['test_solution.py', 'it would replace a tests file'],
  ['./Test_Solution.py', 'it would replace a tests file'],
  ['conftest.py', 'it says how tests are run'],
  ['unittest/__init__.py', 'it says how tests are run'],
  ['sub/sitecustomize.py', 'it says how tests are run'],
  ['vitest.config.ts', 'it says how tests are run'],
  ['main_test.go', 'it says how tests are run'],
  ['package.json', 'the project has its own, which says how tests are run'],
])('layOver() refuses %s: %s', (path, because) => {
  const { files, refused } = layOver([file('solution.py'), file(path)], ground);
  expect(files.map((each) => each.path)).toEqual(['solution.py']);
  expect(refused).toEqual([{ path, because }]);
});

test('layOver() keeps a manifest where the project has none', () => {
  expect(paths([file('solution.py'), file('go.mod')])).toEqual(['solution.py', 'go.mod']);
});
