import { describe, expect, test } from 'vitest';
import { emptied, emptyAnswer } from './empty-answer.ts';

const wanted = (path: string, names: readonly string[] | null) => [{ paths: [path], names }];
const textOf = (path: string, text: string, names: readonly string[] | null) =>
  emptied([{ path, text }], wanted(path, names))?.[0]?.text;

test('emptyAnswer() makes a file for each module, with the names that are imported', () => {
  const [script, python] = emptyAnswer([
    ...wanted('a.js', ['default', 'f']),
    ...wanted('b.py', ['g']),
  ]);
  expect(script?.text).toContain('export { nothing as f };');
  expect(script?.text).toContain('export default nothing;');
  expect(python?.path).toBe('b.py');
});

describe('emptied() of JavaScript', () => {
  test.each([
    ['export function f() {}', ['f'], 'f = nothing;'],
    ['export const f = () => 1;', ['f'], 'let f = () => 1;'],
    ['export default function g() {}', ['default'], 'g = nothing;'],
    ['const g = 1;\nexport { g as f };', ['f'], 'g = nothing;'],
    ['export class A {}\nexport function f() {}', null, 'A = nothing;\nf = nothing;'],
    ['exports.f = 1;', ['f'], 'module.exports["f"] = nothing;'],
    ['module.exports = 1;', null, 'module.exports = new Proxy'],
  ])('%s', (text, names, expected) => {
    expect(textOf('a.js', text, names)).toContain(expected);
  });

  test('leaves the types of TypeScript', () => {
    const text = textOf('a.ts', 'export const a = [1] as const;\nexport const f = 1;', ['f']);
    expect(text).toContain('[1] as const;');
  });

  test.each([
    ['export default 1 + 1;', ['default']],
    ["export { f } from './b.js';", ['f']],
    ['export const f = 1;', ['g']],
  ])('is not made of what cannot be emptied: %s', (text, names) => {
    expect(textOf('a.js', text, names)).toBeUndefined();
  });
});

test('emptied() of Python keeps what the file does when it is loaded', () => {
  const text = textOf('a.py', 'import os\nos._exit(0)\n', ['f']);
  expect(text).toMatch(/^import os\nos\._exit\(0\)\n[\s\S]*_empty\(\["f"\], globals\(\)\)/);
});

test('emptied() changes no file that the tests do not import', () => {
  const files = [{ path: 'b.py', text: 'x' }];
  expect(emptied(files, wanted('a.py', null))).toBeUndefined();
});
