import { expect, test } from 'vitest';
import { mypyFaults, tscFaults } from './type-faults.ts';

test('tscFaults() reads the errors of the answer, and not that something is not installed', () => {
  const output = `../box/work/src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.
../box/work/src/a.ts(1,19): error TS2307: Cannot find module 'react' or its corresponding type declarations.
/usr/lib/node_modules/x.d.ts(1,1): error TS1005: ';' expected.
../box/work/src/a.tsx(2,3): error TS7026: JSX element implicitly has type 'any'.
`;
  expect(tscFaults(output, 'box/work/')).toEqual([
    {
      file: 'src/a.ts',
      line: 3,
      message: "TS2322: Type 'string' is not assignable to type 'number'.",
    },
  ]);
});

test('mypyFaults() does the same', () => {
  const output = `solution.py:2: error: Incompatible return value type (got "str", expected "int")  [return-value]
solution.py:1: error: Cannot find implementation or library stub for module named "x"  [import-not-found]
solution.py:1: note: See https://mypy.readthedocs.io
`;
  expect(mypyFaults(output, 'box/work/')).toEqual([
    {
      file: 'solution.py',
      line: 2,
      message: 'return-value: Incompatible return value type (got "str", expected "int")',
    },
  ]);
});
