import { expect, test } from 'vitest';
import { treeOf } from './tree-of.ts';

test('treeOf() puts folders first, sorts by name, and names what has no path by its number', () => {
  expect(treeOf(['main.ts', 'src/a.ts', 'src/lib/b.ts', null])).toEqual([
    {
      name: 'src',
      file: null,
      children: [
        { name: 'lib', file: null, children: [{ name: 'b.ts', file: 2, children: [] }] },
        { name: 'a.ts', file: 1, children: [] },
      ],
    },
    { name: 'file 4', file: 3, children: [] },
    { name: 'main.ts', file: 0, children: [] },
  ]);
});

test('treeOf() keeps a file whose path has nothing in it', () => {
  expect(treeOf(['//'])).toEqual([{ name: 'file 1', file: 0, children: [] }]);
});
