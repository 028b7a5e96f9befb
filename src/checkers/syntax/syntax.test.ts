import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CodeFile } from '../../domain/candidate.ts';
import { type GrammarSource, shippedGrammars } from './grammars.ts';
import { fileMaxLength, syntaxChecker } from './syntax.ts';

const checker = syntaxChecker();

const file = (language: string | null, text: string): CodeFile => ({ path: null, language, text });

const outcome = async (language: string | null, text: string) =>
  (await checker.check(file(language, text))).check.outcome;

const tokens = async (language: string, text: string) =>
  (await checker.check(file(language, text))).tokens;

describe('syntaxChecker() passes', () => {
  test.each([
    ['bash', `for f in *.txt; do echo "\${f%.txt}"; done\n`],
    ['sh', 'case "$1" in -h|--help) usage;; esac'],
    ['c', 'int main(void) { return 0; }'],
    ['css', '.a { & .b { color: red } }'],
    ['go', 'package a\nfunc F[T any](x T) T { return x }'],
    ['golang', 'func main() { for i := range 10 { _ = i } }'],
    ['java', 'record P(int x) { int y() { return switch (x) { case 1 -> 2; default -> 3; }; } }'],
    ['javascript', 'const { a, ...b } = await f(); export default a?.b ?? b;'],
    ['jsx', 'const A = ({ b }) => <p>{/* c */}{b}</p>;'],
    ['json', '{ "a": [1, null] }'],
    ['php', '<?php echo match(true) { 1 => 2, default => 3 };'],
    ['php', 'echo 1;'],
    ['python', 'match x:\n    case {"a": [b, *c]} if b: print(f"{b!r:>{c}}")\n'],
    ['Python', 'print >>log, "a valid expression"'],
    ['ruby', 'def f(x) = x&.map { it + 1 }'],
    ['rust', 'fn main() { let Some(x) = y else { return }; println!("{x}"); }'],
    ['tsx', 'const A = <T,>(x: T) => <B<T> c={x as D}>&amp;</B>;'],
    ['typescript', 'enum A { B }\nclass C { constructor(private readonly d: string) {} }'],
    ['ts', 'const a = { b: 1 } satisfies C; using d = e();'],
  ])('%s that is valid: %s', async (language, text) => {
    expect(await outcome(language, text)).toEqual({ status: 'passed' });
  });

  test('markup in what is called typescript', async () => {
    expect(await outcome('typescript', 'const a = <p>b</p>;')).toEqual({ status: 'passed' });
  });

  test('a cast in angle brackets in what is called tsx', async () => {
    expect(await outcome('tsx', 'const a = <Foo>b;')).toEqual({ status: 'passed' });
  });

  test('a file without a language by the ending of its name', async () => {
    const result = await checker.check({ path: 'src/a.py', language: null, text: 'x = 1' });
    expect(result.check.outcome).toEqual({ status: 'passed' });
  });
});

describe('syntaxChecker() fails', () => {
  test.each([
    ['python', 'x = 1\nprint(f(x)', [2, '"(" is never closed']],
    ['python', 'def f():\n    """what"""\nfor x in y:\n', [3, 'an indented block is missing']],
    ['python', 'x = 1\nprint "a"', [2, 'print or exec is a statement only in Python 2']],
    ['python', 'Here is the code\n', [1, 'unexpected "the"']],
    ['javascript', 'function f() {\n  if (a) {\n    b();\n', [2, '"{" is never closed']],
    ['javascript', 'f(a, b));', [1, 'unexpected ")"']],
    ['javascript', 'const a = b;\nconst c = …;', [2, 'unexpected "…"']],
    ['typescript', 'const a: number = 1;\nf({ ... });', [2, 'unexpected "..."']],
    ['css', '.a { color: red;\n', [1, '"{" is never closed']],
    ['c', 'int main(void) {\n  return 0;\n', [1, '"{" is never closed']],
    ['go', 'package a\nfunc f() { x := }', [2, 'unexpected "}"']],
    ['json', '{\n  "a": 1,\n}', [3, expect.stringContaining('double-quoted property name')]],
  ])('%s that is broken: %s', async (language, text, [line, message]) => {
    expect(await outcome(language, text)).toEqual({ status: 'failed', line, message });
  });

  test('broken JSON full of quotes, in no more than linear time', { timeout: 5000 }, async () => {
    const text = `/ "${'\\"'.repeat(150_000)}`;
    expect(await outcome('json', text)).toHaveProperty('status', 'failed');
  });
});

describe('syntaxChecker() does not run', () => {
  test.each([
    [file('kotlin', 'val x = 1'), 'no grammar for "kotlin"'],
    [{ path: 'a.kt', language: null, text: 'val x = 1' }, 'no grammar for "kt"'],
    [file(null, 'x'), 'language unknown'],
    [file('json', '{ "a": 1 } // b'), expect.stringContaining('JSON with comments')],
    [{ path: 'tsconfig.json', language: 'json', text: '{}' }, 'no grammar for "jsonc"'],
    [file('css', '@media (width >= 1px) { a { b: c } }'), expect.stringContaining('line 1')],
    [file('c', '__attribute__((packed)) struct A { int x; };'), expect.stringContaining('line 1')],
  ])('%j', async (source, because) => {
    const result = await checker.check(source);
    expect(result.check.outcome).toEqual({ status: 'not-run', because });
  });

  test('a file over the limit', async () => {
    const because = `${fileMaxLength + 1} characters, over the limit of ${fileMaxLength}`;
    const text = ' '.repeat(fileMaxLength + 1);
    expect(await outcome('python', text)).toEqual({ status: 'not-run', because });
  });

  test('when the grammar cannot be loaded, and does not reject', async () => {
    const broken = syntaxChecker(() => Promise.reject(new Error('no such file')));
    await broken.warm();
    const { check: row, tokens: none } = await broken.check({
      path: 'a.py',
      language: 'python',
      text: 'x',
    });
    expect(row).toEqual({
      checker: 'syntax',
      file: 'a.py',
      outcome: { status: 'not-run', because: 'the parser could not be used: no such file' },
    });
    expect(none).toBeNull();
  });

  test('when parsing takes more work than it may', async () => {
    const grammars = shippedGrammars();
    const slow: GrammarSource = async (name) => ({ ...(await grammars(name)), parse: () => null });
    const result = await syntaxChecker(slow).check(file('python', 'x'));
    expect(result.check.outcome).toEqual({ status: 'not-run', because: 'parsing takes too long' });
  });
});

test.each([
  ['brackets', 'javascript', '('.repeat(100_000)],
  ['functions', 'javascript', `${'()=>{'.repeat(9_000)}${'}'.repeat(9_000)}`],
  ['a sum', 'python', `x = 1${' + 1'.repeat(50_000)}`],
])(
  'check() does not reject %s nested as deep as the file is long',
  { timeout: 5000 },
  async (_, language, text) => {
    await expect(checker.check(file(language, text))).resolves.toHaveProperty(
      'check.checker',
      'syntax',
    );
  },
);

test('check() frees every tree that it makes', async () => {
  const grammars = shippedGrammars();
  let alive = 0;
  const counting: GrammarSource = async (name) => {
    const grammar = await grammars(name);
    return {
      ...grammar,
      parse: (text) => {
        const tree = grammar.parse(text);
        if (tree === null) return null;
        alive += 1;
        const free = tree.delete.bind(tree);
        tree.delete = () => {
          alive -= 1;
          free();
        };
        return tree;
      },
    };
  };
  const counted = syntaxChecker(counting);
  await counted.check(file('typescript', 'const a = <p>b</p>;'));
  await counted.check(file('python', 'def f('));
  expect(alive).toBe(0);
});

describe('tokens are equal for code that differs only in layout, comments, quotes and locals', () => {
  test.each([
    [
      'python',
      'def f(a, b=1):\n    """doc"""\n    s = 0\n    for i, x in enumerate(a):\n        s += x * b # c\n    return {"k": s, \'q\': \'it\\\'s\'}\n',
      'def f(values, k=1):\n  t = 0\n  for n, v in enumerate(values):\n\n    t += v * k\n  return {\n    \'k\': t,\n    "q": "it\'s",\n  }',
    ],
    [
      'python',
      'class A:\n  def m(self, x):\n    y = [z for z in x if z]\n    def g(q):\n      nonlocal y\n      y = q\n    with open(x) as h: return h.read(x)\n',
      'class A:\n  def m(this, p):\n    w = [t for t in p if t]\n    def k(r):\n      nonlocal w\n      w = r\n    with open(p) as u:\n      return u.read(p)',
    ],
    [
      'javascript',
      'export function f(a, {b, c: d}) { const r = []; for (let i = 0; i < a.length; i++) { r.push(a[i] + b) } for (const x of d) { var z = x; } return r.map(x => x + z); }',
      '// hi\nexport function f(aa, {b: bb, c}) {\n  const out = []\n  for (let j = 0; j < aa.length; j++) {\n    out.push(aa[j] + bb)\n  }\n  for (const i of c) { var q = i }\n  return out.map((y) => y + q,)\n}',
    ],
    [
      'tsx',
      'export const A = ({ title, items }: P) => { const [s, setS] = useState<string>("a"); return <ul onClick={() => setS(title)}>{/* c */}{items.map((i) => <li key={i.id}>{i.name} {s}</li>)}</ul>; };',
      "export const A = ({ title: t, items }: P) => {\n const [state, setState] = useState<string>('a')\n return <ul onClick={() => setState(t)}>\n {items.map(x => <li key={x.id}>{x.name} {state}</li>)}</ul>\n}",
    ],
    [
      'typescript',
      'interface A { a: string; b: number }\nexport class S { constructor(private http: H) {} get(id: string): P<A> { const u = `/x/` + id; return this.http.get(u); } }',
      'interface A {\n a: string,\n b: number,\n}\nexport class S {\n constructor(private http: H) {}\n get(key: string): P<A> { const url = `/x/` + key\n return this.http.get(url) }\n}',
    ],
    [
      'go',
      'package a\nfunc F(xs []int) (n int, err error) { for i, x := range xs { n += x * i }; if v, ok := m[n]; ok { return v, nil }; return n, err }',
      'package a\n// F\nfunc F(ys []int) (sum int, e error) {\n  for j, y := range ys {\n    sum += y * j\n  }\n  if w, found := m[sum]; found {\n    return w, nil\n  }\n  return sum, e\n}',
    ],
    [
      'java',
      'class A { int f; int g(int a) { int s = this.f; for (int i = 0; i < a; i++) { s += i; } return h(x -> x + a).map(s); } }',
      'class A { int f;\n /** d */ int g(int b) { int t = this.f;\n for (int j = 0; j < b; j++) { t += j; }\n return h(y -> y + b).map(t); } }',
    ],
    [
      'rust',
      'fn f(v: &[i32]) -> Option<i32> { let mut s = 0; for (i, x) in v.iter().enumerate() { if let Some(k) = g(x) { s += k; } } match s { 0 => None, n if n > 1 => Some(n), other => Some(other) } }',
      'fn f(w: &[i32]) -> Option<i32> {\n  let mut t = 0; // c\n  for (j, y) in w.iter().enumerate() { if let Some(z) = g(y) { t += z; } }\n  match t { 0 => None, m if m > 1 => Some(m), q => Some(q), }\n}',
    ],
    [
      'c',
      'int f(int *a, int n) { int s = 0; for (int i = 0; i < n; i++) s += a[i]; return s; }',
      'int f(int *b, int k) {\n /* c */ int t = 0;\n for (int j = 0; j < k; j++) t += b[j];\n return t; }',
    ],
    [
      'php',
      '<?php function f($a) { $s = 0; foreach ($a as $k => $v) { $s += $v; } return array_map(fn($x) => $x + $s, $a); }',
      '<?php function f($b) { $t = 0; foreach ($b as $i => $w) { $t += $w; }\n return array_map(fn($y) => $y + $t, $b); }',
    ],
    [
      'ruby',
      'def f(a, k: 1)\n  s = 0\n  a.each { |x| s += x }\n  s\nend',
      'def f(b, k: 1)\n  # c\n  t = 0; b.each { |y| t += y }\n  t\nend',
    ],
    ['css', 'a { content: "x"; }', "/* c */ a{content:'x';}"],
  ])('%s', async (language, one, other) => {
    const [a, b] = [await tokens(language, one), await tokens(language, other)];
    expect(a).toEqual(b);
    expect(a?.length).toBeGreaterThan(5);
  });
});

describe('tokens differ for code that means something else', () => {
  test.each([
    ['python', 'if a:\n  b()\nc()', 'if a:\n  b()\n  c()'],
    ['python', 'def f(x): return x + y', 'def f(x): return x + z'],
    ['python', 'def f(a, b): return a - b', 'def f(a, b): return b - a'],
    ['python', 'x = (1,)', 'x = (1)'],
    ['python', `x = "'a'"`, `x = '"a"'`],
    ['python', 'def f(a): return a.b', 'def f(a): return a.c'],
    ['python', 'def f(x): pass', 'def g(x): pass'],
    ['javascript', 'export const a = 1;', 'export const b = 1;'],
    [
      'javascript',
      'function f(a) { let b = a; return b }',
      'function f(a) { let b = a; return a }',
    ],
    ['javascript', 'a\n++b', 'a++\nb'],
    ['javascript', 'const x = { a: 1 };', 'const x = { b: 1 };'],
    ['javascript', 'import { a } from "x";', 'import { b } from "x";'],
  ])('%s: %s against %s', async (language, one, other) => {
    expect(await tokens(language, one)).not.toEqual(await tokens(language, other));
  });
});

test('tokens do not depend on how locals are called or lines are broken, for any names', async () => {
  const name = fc.stringMatching(/^[a-z][a-z]{0,6}z$/);
  const names = fc.uniqueArray(name, { minLength: 3, maxLength: 3 });
  const write = ([a, b, c]: readonly string[], gap: string) =>
    `function total(${a},${gap}${b}) {${gap}const ${c} = ${a}.map(${b} =>${gap}${b} + 1);${gap}return ${c};${gap}}`;
  const expected = await tokens('javascript', write(['p', 'q', 'r'], ' '));
  await fc.assert(
    fc.asyncProperty(
      names,
      fc.constantFrom(' ', '\n', '\n\n  ', ' /* c */ '),
      async (some, gap) => {
        expect(await tokens('javascript', write(some, gap))).toEqual(expected);
      },
    ),
    { numRuns: 50 },
  );
});

test('warm() loads what the first check of a common language needs', async () => {
  const asked: string[] = [];
  const grammars = shippedGrammars();
  const warmed = syntaxChecker((name) => {
    asked.push(name);
    return grammars(name);
  });
  await warmed.warm();
  expect(asked).toEqual(['python', 'typescript', 'javascript']);
  const result = await warmed.check(file('py', 'x = 1'));
  expect(result.check.outcome).toEqual({ status: 'passed' });
});
