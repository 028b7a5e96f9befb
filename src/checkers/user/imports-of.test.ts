import { describe, expect, test } from 'vitest';
import { pythonImports, scriptImports } from './imports-of.ts';

const known = new Set(['unittest', 'os', 'pytest']);

describe('pythonImports() finds', () => {
  test.each([
    ['names', 'import unittest\nfrom solution import f, g as h\n', ['solution.py', ['f', 'g']]],
    ['names in brackets', 'from a.b import (f,  # one\n  g,\n)\n', ['a/b.py', ['f', 'g']]],
    ['a whole module', 'import os, solution as s\n', ['solution.py', null]],
    ['a star', 'from solution import *\n', ['solution.py', null]],
    ['a module named twice', 'import s\nfrom s import f\n', ['s.py', null]],
  ])('%s', (_, text, [path, names]) => {
    const [only, ...more] = pythonImports('test_a.py', text, known);
    expect(more).toEqual([]);
    expect(only?.paths[0]).toBe(path);
    expect(only?.names).toEqual(names);
  });

  test('a relative module beside the tests file', () => {
    const [found] = pythonImports('pkg/tests/test_a.py', 'from ..core import f\n', known);
    expect(found?.paths).toContain('pkg/core.py');
  });

  test('nothing above the folder, and nothing that is installed', () => {
    const text = 'from ...up import f\nimport os.path\nfrom pytest import raises\n';
    expect(pythonImports('test_a.py', text, known)).toEqual([]);
  });
});

describe('scriptImports() finds', () => {
  test.each([
    ['names', "import { f, g as h } from './solution.js';", ['solution.js', ['f', 'g']]],
    ['a default', 'import make from "./make.ts";', ['make.ts', ['default']]],
    ['both', "import make, { f } from './make.mjs';", ['make.mjs', ['default', 'f']]],
    ['a namespace', "import * as all from './all.js';", ['all.js', null]],
    ['a required name', "const { f: g } = require('./old.cjs');", ['old.cjs', ['f']]],
    ['a whole module', "const all = await import('./late.js');", ['late.js', null]],
  ])('%s', (_, text, [path, names]) => {
    const [only, ...more] = scriptImports('a.test.js', text);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ names });
    expect(only?.paths[0]).toBe(path);
  });

  test('the TypeScript file that a name in JavaScript stands for', () => {
    const [found] = scriptImports('test/a.test.ts', "import { f } from '../src/a.js';");
    expect(found?.paths).toEqual(['src/a.js', 'src/a.ts']);
  });

  test('nothing of packages, of types, or above the folder', () => {
    const text =
      "import test from 'node:test';\nimport type { A } from './a.ts';\nimport { b } from '../../b.js';";
    expect(scriptImports('a.test.ts', text)).toEqual([]);
  });
});
