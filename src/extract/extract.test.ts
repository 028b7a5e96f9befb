import { describe, expect, test } from 'vitest';
import type { Attempt } from '../domain/attempt.ts';
import type { Candidate, CodeFile } from '../domain/candidate.ts';
import { extract } from './extract.ts';

const facts = { seat: 'primary-1', runner: 'alpha', tries: 1, durationMs: 5 };

function answered(text: string): Attempt {
  return { ...facts, status: 'answered', text, model: null, usage: null, costUsd: null };
}

const take = (...lines: readonly string[]): Candidate => extract(answered(lines.join('\n')));

function files(...lines: readonly string[]): readonly CodeFile[] {
  const candidate = take(...lines);
  return candidate.status === 'code' ? candidate.files : [];
}

const main = (...lines: readonly string[]): string | undefined => files(...lines)[0]?.text;
const paths = (...lines: readonly string[]): readonly (string | null)[] =>
  files(...lines).map(({ path }) => path);

describe('what comes out', () => {
  test('extract() gives the code, its language and the prose around it', () => {
    expect(
      take('Here it is:', '', '```python', 'def f():', '    return 1', '```', '', 'Enjoy.'),
    ).toEqual({
      status: 'code',
      seat: 'primary-1',
      files: [{ path: null, language: 'python', text: 'def f():\n    return 1' }],
      prose: 'Here it is:\n\nEnjoy.',
    });
  });

  test('extract() gives prose when the answer has no code', () => {
    expect(take('Use a queue. It scales better than a lock.')).toEqual({
      status: 'prose',
      seat: 'primary-1',
      prose: 'Use a queue. It scales better than a lock.',
    });
  });

  test('extract() keeps a failed attempt as a row with its failure kind', () => {
    const failure = { kind: 'timed-out', message: 'No answer within 60 s' } as const;
    const attempt: Attempt = {
      ...facts,
      status: 'failed',
      failure,
      partialText: '```js\nf()\n```',
    };
    expect(extract(attempt)).toEqual({ status: 'none', seat: 'primary-1', because: 'timed-out' });
  });

  test('extract() turns all line ends into line feeds', () => {
    expect(main('```js\r', 'const f = () => 1;\r', 'f();\r', '```\r')).toBe(
      'const f = () => 1;\nf();',
    );
  });
});

describe('fences', () => {
  test('extract() takes a fence of tildes', () => {
    expect(main('~~~js', 'function f() {}', '~~~')).toBe('function f() {}');
  });

  test('extract() keeps a shorter fence inside a longer one', () => {
    expect(main('````python', 'def f():', '    """', '```', '    """', '````')).toContain('```');
  });

  test('extract() keeps a deeper fence inside a block of the same length', () => {
    const code = [
      'def f():',
      '    """',
      '    ```',
      '    f()',
      '    ```',
      '    """',
      '    return 1',
    ];
    expect(main('```python', ...code, '```')).toBe(code.join('\n'));
  });

  test('extract() keeps the fences inside a block of Markdown', () => {
    const readme = ['# Tool', '', '```bash', 'npm i tool', '```', '', 'Done.'];
    expect(files('```markdown', ...readme, '```')).toEqual([
      { path: null, language: 'markdown', text: readme.join('\n') },
    ]);
  });

  test('extract() opens an answer that is wrapped in a block of Markdown as a whole', () => {
    const lines = ['```markdown', '**src/a.ts**', '```ts', 'export const a = 1;', '```', '```'];
    expect(files(...lines)).toEqual([
      { path: 'src/a.ts', language: 'typescript', text: 'export const a = 1;' },
    ]);
  });

  test('extract() takes a fence indented by three columns', () => {
    expect(main('   ```js', '   function f() {}', '   ```')).toBe('function f() {}');
  });

  test('extract() takes a fence indented by more, with its code indented once more', () => {
    expect(main('Code:', '', '      ```js', '          function f() {}', '      ```')).toBe(
      'function f() {}',
    );
  });

  test('extract() takes a fence in a list and in a quote', () => {
    expect(
      main('1. First:', '', '   ```js', '   function f() {', '     g();', '   }', '   ```'),
    ).toBe('function f() {\n  g();\n}');
    expect(main('> ```js', '> function f() {}', '> ```')).toBe('function f() {}');
  });

  test('extract() takes a fence that never closes to the end', () => {
    expect(main('Here:', '```python', 'def f():', '    return 1')).toBe('def f():\n    return 1');
  });

  test('extract() ends a block where the next one opens when its end was forgotten', () => {
    expect(
      files(
        '```ts title="a.ts"',
        'export const a = 1;',
        '```ts title="b.ts"',
        'export const b = 2;',
        '```',
      ),
    ).toEqual([
      { path: 'a.ts', language: 'typescript', text: 'export const a = 1;' },
      { path: 'b.ts', language: 'typescript', text: 'export const b = 2;' },
    ]);
  });

  test('extract() takes a fence that is glued to the sentence before it', () => {
    expect(main('Return the list.```python', 'def f():', '    return []', '```')).toBe(
      'def f():\n    return []',
    );
  });

  test('extract() ends a block at a closing fence with words behind it', () => {
    expect(main('````js', 'function f() {}', '````What else can I do for you?')).toBe(
      'function f() {}',
    );
  });

  test('extract() passes over a doubled closing fence', () => {
    const candidate = take('```js', 'function f() {}', '```', '```', 'This function does nothing.');
    expect(candidate).toMatchObject({
      files: [{ text: 'function f() {}' }],
      prose: 'This function does nothing.',
    });
  });

  test('extract() reads the language from the line after the fence', () => {
    expect(files('```', 'python', 'def f(): pass', '```')).toEqual([
      { path: null, language: 'python', text: 'def f(): pass' },
    ]);
  });

  test('extract() stops where a chat template ends the turn', () => {
    expect(
      files(
        '```js',
        'function f() {}',
        '```',
        'Another one. [/INST]',
        '```js',
        'function g() {}',
        '```',
      ),
    ).toHaveLength(1);
  });
});

describe('names of files', () => {
  test.each([
    ['an info string with a title', ['```ts title="src/a.ts"']],
    ['an info string with a colon', ['```ts:src/a.ts']],
    ['an info string that is the name', ['```src/a.ts']],
    ['a second word of the info string', ['```ts src/a.ts']],
    ['a heading', ['### `src/a.ts`', '```ts']],
    ['a numbered heading', ['## 2. src/a.ts', '', '```ts']],
    ['a heading with words', ['### Types (src/a.ts)', '', '```ts']],
    [
      'a heading, with a sentence between',
      ['### `src/a.ts`', '', 'It holds the types.', '', '```ts'],
    ],
    ['a line in bold', ['**src/a.ts**', '```ts']],
    ['a line in bold with a number', ['**3. `src/a.ts`:**', '', '```ts']],
    ['a plain line', ['src/a.ts', '```ts']],
    ['a label', ['File: src/a.ts', '```ts']],
    ['a label in bold', ['**File:** `src/a.ts`', '```ts']],
    ['a path label', ['path: src/a.ts', '```ts']],
    ['a sentence with one name in code', ['Put this into `src/a.ts`:', '', '```ts']],
    ['a list item', ['- **Model:** `src/a.ts`', '', '  ```ts']],
  ])('extract() reads %s', (_shape, above) => {
    expect(paths(...above, 'export const a = 1;', '```')).toEqual(['src/a.ts']);
  });

  test.each([
    ['// src/a.ts', 'src/a.ts'],
    ['# app.py', 'app.py'],
    ['<!-- index.html -->', 'index.html'],
    ['/* styles/main.css */', 'styles/main.css'],
    ['// File: src/a.ts', 'src/a.ts'],
    ['-- schema.sql', 'schema.sql'],
  ])('extract() reads the comment %s on the first line and leaves it there', (comment, path) => {
    expect(files('```', comment, 'a: b', '```')).toMatchObject([
      { path, text: `${comment}\na: b` },
    ]);
  });

  test('extract() takes the language from the name when the fence gives none', () => {
    expect(files('`server.go`', '```', 'package main', '```')).toMatchObject([{ language: 'go' }]);
  });

  test.each([
    'Edit `a.ts` and `b.ts` like this:',
    'We use Node.js here:',
    'See https://x.dev/a.ts for more:',
  ])('extract() reads no name from "%s"', (line) => {
    expect(paths(line, '', '```ts', 'const a = 1;', '```')).toEqual([null]);
  });

  test('extract() keeps two files whose absolute paths differ only in their folder', () => {
    const file = (path: string, code: string): readonly string[] => [
      `### ${path}`,
      '```js',
      code,
      '```',
    ];
    const lines = [
      ...file('/app/client/index.js', 'const a = 1;'),
      ...file('/app/server/index.js', 'const b = 2;'),
    ];
    expect(paths(...lines)).toEqual(['app/client/index.js', 'app/server/index.js']);
  });

  test.each([
    ['../../etc/cron.d/run.sh', 'etc/cron.d/run.sh'],
    ['/app/server/index.js', 'app/server/index.js'],
    ['C:\\Windows\\evil.js', 'Windows/evil.js'],
    ['a/b/../c.py', 'a/c.py'],
    ['./src//a.ts', 'src/a.ts'],
    ['src\\a.ts', 'src/a.ts'],
  ])('extract() keeps the path %s inside its folder', (written, path) => {
    expect(paths(`\`\`\`js title="${written}"`, 'const a = 1;', '```')).toEqual([path]);
  });

  test('extract() names no file twice', () => {
    const all = paths(
      '{"files":[{"path":"a.js","content":"one()"},{"path":"a.js","content":"two()"}]}',
    );
    expect(all).toEqual(['a.js', null]);
  });
});

describe('answers without fences', () => {
  test('extract() takes an answer that is code as a whole', () => {
    expect(main(' def f(n):', '    return n', '', 'print(f(1))')).toBe(
      'def f(n):\n    return n\n\nprint(f(1))',
    );
  });

  test('extract() takes the code between sentences', () => {
    const code = ['def f(n):', '    # Give it back', '    return n'];
    expect(
      take('Here is the function:', '', ...code, '', 'It gives its input back.'),
    ).toMatchObject({
      files: [{ language: 'python', text: code.join('\n') }],
      prose: 'Here is the function:\n\nIt gives its input back.',
    });
  });

  test('extract() keeps the indentation of a body without a head', () => {
    expect(main('    if n < 2:', '        return n', '    return f(n - 1)')).toBe(
      '    if n < 2:\n        return n\n    return f(n - 1)',
    );
  });

  test('extract() parts files that stand under lines with their names', () => {
    expect(
      files(
        'File: src/a.ts',
        '--------',
        'export const a = 1;',
        '',
        '==== src/b.ts ====',
        'export const b = 2;',
      ),
    ).toMatchObject([
      { path: 'src/a.ts', text: 'export const a = 1;' },
      { path: 'src/b.ts', text: 'export const b = 2;' },
    ]);
  });

  test('extract() takes a single command', () => {
    expect(files('docker run --rm -p 80:80 nginx')).toMatchObject([{ language: 'bash' }]);
  });

  test('extract() takes a whole page', () => {
    expect(files('<!DOCTYPE html>', '<html>', '<body>Hello</body>', '</html>')).toMatchObject([
      { language: 'html' },
    ]);
  });
});

describe('JSON', () => {
  test('extract() opens an envelope with one text', () => {
    expect(
      take('{"code": "def f():\\n    return 1", "language": "python", "explanation": "Short."}'),
    ).toMatchObject({
      files: [{ path: null, language: 'python', text: 'def f():\n    return 1' }],
      prose: 'Short.',
    });
  });

  test('extract() opens an envelope with files, inside a fence', () => {
    const json = '{"files": [{"path": "src/a.ts", "content": "export const a = 1;"}]}';
    expect(files('```json', json, '```')).toEqual([
      { path: 'src/a.ts', language: 'typescript', text: 'export const a = 1;' },
    ]);
  });

  test('extract() opens an envelope whose text has a fence and bare line ends', () => {
    expect(main('{"code": "```js', 'function f() {}', '```"}')).toBe('function f() {}');
  });

  test.each([
    '{"code": "EUR", "name": "Euro"}',
    '{"files": ["dist"], "name": "tool"}',
    '[1, 2, 3]',
  ])('extract() leaves %s, which was asked for', (json) => {
    expect(files(json)).toEqual([{ path: null, language: 'json', text: json }]);
  });
});

describe('thoughts', () => {
  const code = ['```js', 'function good() {}', '```'];
  const draft = ['```js', 'function draft() {}', '```'];

  test.each(['think', 'thinking', 'reasoning'])('extract() leaves <%s> out', (tag) => {
    const candidate = take(`<${tag}>`, 'Maybe:', ...draft, `</${tag}>`, 'Done:', ...code);
    expect(candidate).toMatchObject({ files: [{ text: 'function good() {}' }], prose: 'Done:' });
  });

  test('extract() leaves thoughts out whose tag opened in the prompt', () => {
    expect(files('Maybe:', ...draft, '</think>', ...code)).toMatchObject([
      { text: 'function good() {}' },
    ]);
  });

  test('extract() is not misled by a fence that stays open in thoughts', () => {
    expect(files('<think>', '```js', 'function draft() {', '</think>', ...code)).toMatchObject([
      { text: 'function good() {}' },
    ]);
  });

  test('extract() falls back on the thoughts when nothing else came', () => {
    expect(main('<think>', 'Maybe:', ...draft)).toBe('function draft() {}');
  });

  test('extract() leaves tags in code alone', () => {
    expect(main('```html', '<think>', 'x', '</think>', '```')).toBe('<think>\nx\n</think>');
  });
});

describe('which block is the main one', () => {
  const solution = ['```python', 'def solve(n):', '    return n', '```'];

  test('extract() passes over commands, usage and output', () => {
    const others = [
      ['```bash', 'pip install solver', '```'],
      ['Usage:', '```python', 'print(solve(3))', '```'],
      ['Output:', '```', '3', '```'],
    ];
    const [install = [], ...after] = others;
    expect(files(...install, '', ...solution, '', ...after.flat())).toMatchObject([
      { text: 'def solve(n):\n    return n' },
    ]);
  });

  test.each([
    ['drawn with lines', ['src/', '├── a.py', '└── b.py']],
    ['drawn with indentation', ['src/', '  a.py', '  update_select.py']],
  ])('extract() takes a tree of files %s for no code', (_how, tree) => {
    expect(files('```', ...tree, '```', '', ...solution)).toHaveLength(1);
  });

  test('extract() takes the answer after worked examples', () => {
    expect(
      main(
        '## Example Problems',
        '',
        '```python',
        'def other(n):',
        '    return n * n',
        '```',
        '',
        '## Solution',
        '',
        ...solution,
      ),
    ).toBe('def solve(n):\n    return n');
  });

  test('extract() lets a later version replace an earlier one', () => {
    const fixed = ['```python', 'def solve(n):', '    return n + 1', '```'];
    expect(files(...solution, '', 'That misses one. Corrected:', '', ...fixed)).toMatchObject([
      { text: 'def solve(n):\n    return n + 1' },
    ]);
  });

  test('extract() prefers the first version to an alternative', () => {
    const shorter = ['```python', 'solve = lambda n: n', '```'];
    expect(main(...solution, '', 'Alternatively, as a one-liner:', '', ...shorter)).toBe(
      'def solve(n):\n    return n',
    );
  });

  test('extract() lets a later block of the same path replace an earlier one', () => {
    expect(
      files(
        '`a.py`',
        ...solution,
        '',
        '`a.py`',
        '```python',
        'def solve(n):',
        '    return 2',
        '```',
      ),
    ).toEqual([{ path: 'a.py', language: 'python', text: 'def solve(n):\n    return 2' }]);
  });

  test('extract() does not let an excerpt replace the whole', () => {
    expect(
      main(
        '```python',
        'def a(): return 1',
        'def b(): return a()',
        '```',
        '',
        'The helper:',
        '',
        '```python',
        'def a(): return 1',
        '```',
      ),
    ).toBe('def a(): return 1\ndef b(): return a()');
  });

  test('extract() joins the parts of one program in their order', () => {
    expect(
      files(
        '```python',
        'import math',
        '```',
        '',
        '```python',
        'def area(r):',
        '    return math.pi * r * r',
        '```',
        '',
        '```python',
        'def total(rs):',
        '    return sum(area(r) for r in rs)',
        '```',
      ),
    ).toMatchObject([
      {
        text: 'import math\n\ndef area(r):\n    return math.pi * r * r\n\ndef total(rs):\n    return sum(area(r) for r in rs)',
      },
    ]);
  });

  test('extract() puts code before tests, settings and diffs, and keeps them', () => {
    expect(
      files(
        '```json',
        '{"name": "x"}',
        '```',
        '',
        '```diff',
        '-a',
        '+b',
        '```',
        '',
        '```js',
        'test("f", () => f());',
        '```',
        '',
        '```js',
        'export function f() {}',
        '```',
      ).map(({ language }) => language),
    ).toEqual(['javascript', 'json', 'diff', 'javascript']);
  });

  test.each([
    ['commands', ['```bash', 'git rebase -i main', '```'], 'bash'],
    ['a diff', ['```diff', '--- a/x', '+++ b/x', '```'], 'diff'],
    ['settings', ['```yaml', 'a: 1', '```'], 'yaml'],
  ])('extract() takes %s when there is nothing else', (_what, lines, language) => {
    expect(files(...lines)).toMatchObject([{ language }]);
  });
});

describe('files that import each other', () => {
  const helper = ['util.py', '```python', 'def double(x):', '    return 2 * x', '```'];
  const user = [
    'main.py',
    '```python',
    'from util import double',
    'def quad(x):',
    '    return double(double(x))',
    '```',
  ];

  test.each([
    ['first', [...helper, '', ...user]],
    ['last', [...user, '', ...helper]],
  ])('extract() takes for the main file what imports another that comes %s', (_, lines) => {
    expect(paths(...lines)).toEqual(['main.py', 'util.py']);
  });

  test('extract() knows imports of JavaScript and TypeScript', () => {
    expect(
      paths(
        'lib/util.ts',
        '```ts',
        'export const twice = (n: number) => 2 * n;',
        '```',
        'quad.ts',
        '```ts',
        "import { twice } from './lib/util.js';",
        'export const quad = (n: number) => twice(twice(n));',
        '```',
      ),
    ).toEqual(['quad.ts', 'lib/util.ts']);
  });
});
