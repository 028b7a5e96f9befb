import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Candidate } from '../domain/candidate.ts';
import { extract } from './extract.ts';

function take(text: string): Candidate {
  const facts = { seat: 'primary-1', runner: 'alpha', tries: 1, durationMs: 5 };
  return extract({ ...facts, status: 'answered', text, model: null, usage: null, costUsd: null });
}

/** The pieces of which answers, good and broken, are made. */
const piece = fc.constantFrom(
  ...[
    '```',
    '````',
    '~~~',
    '```js',
    '```markdown',
    '```ts title="../../a.ts"',
    '`',
    '> ',
    '- ',
    '1. ',
    '    ',
    '\t',
  ],
  ...[
    '<think>',
    '</think>',
    '</reasoning>',
    '[/INST]',
    '{"code": "',
    '"}',
    '{"files":[',
    '"""',
    '/*',
    '*/',
    '\0',
  ],
  ...[
    'def f():',
    'function f() {',
    '}',
    'import a',
    '// /etc/a.sh',
    '**C:\\a.py**',
    '# ..\\b.py',
    'File: ~/c.rb',
  ],
  ...[
    'Some words here.',
    'Output:',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    ' ',
    '-----',
    '=====',
    '…',
    '😀',
    '\ud800',
  ],
);
const answer = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('\n')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('extract() never throws, gives the same twice, and nothing empty without a name', () => {
  fc.assert(
    fc.property(answer, (text) => {
      const candidate = take(text);
      expect(take(text)).toEqual(candidate);
      const files = candidate.status === 'code' ? candidate.files : [];
      expect(files.filter(({ path, text: code }) => path === null && code.trim() === '')).toEqual(
        [],
      );
      expect(candidate.status === 'code').toBe(files.length > 0);
    }),
    { numRuns: 1000 },
  );
});

test('extract() never gives a path that leaves its folder, nor one twice', () => {
  const name = fc.array(
    fc.constantFrom('..', '.', '/', '\\', 'C:', '~', 'a', 'b.js', '.env', '\0', ' '),
    {
      maxLength: 8,
    },
  );
  const shown = fc.tuple(
    name,
    fc.constantFrom('```js title="', '```js:', '**', '// ', 'File: ', '`'),
  );
  fc.assert(
    fc.property(fc.array(shown, { maxLength: 4 }), (names) => {
      const blocks = names.map(([parts, before]) => {
        const line = `${before}${parts.join('')}`;
        return line.startsWith('```')
          ? `${line}"\nf()\n\`\`\``
          : `${line}\n\`\`\`js\n${line}\nf()\n\`\`\``;
      });
      const candidate = take(blocks.join('\n\n'));
      const paths =
        candidate.status === 'code' ? candidate.files.flatMap(({ path }) => path ?? []) : [];
      expect(new Set(paths).size).toBe(paths.length);
      for (const path of paths) {
        expect(path).not.toMatch(/^(?:[a-z]:|[/\\~])|\\|\0/i);
        expect(path.split('/')).not.toContain('..');
      }
    }),
    { numRuns: 500 },
  );
});

test('extract() gives back exactly the code inside a plain fence', () => {
  const line = fc.stringMatching(/^[ -_a-}]{0,40}$/);
  const code = fc
    .array(line, { minLength: 1, maxLength: 20 })
    .map((lines) => lines.join('\n'))
    .filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(code, fc.constantFrom('python', 'ts', 'rust'), (text, language) => {
      const candidate = take(`Here:\n\n\`\`\`${language}\n${text}\n\`\`\`\n\nDone.`);
      expect(candidate).toMatchObject({ status: 'code', files: [{ text }] });
    }),
  );
});

test('extract() takes whole files out however prose is put around them', () => {
  const sentence = fc.constantFrom(
    'Here is the file.',
    'It works as follows:',
    '- a point',
    '1. a step',
    '> a quote',
  );
  const prose = fc.array(sentence, { maxLength: 4 }).map((lines) => lines.join('\n\n'));
  fc.assert(
    fc.property(prose, prose, (before, after) => {
      const block = '```ts title="a.ts"\nexport const a = 1;\n```';
      expect(take(`${before}\n\n${block}\n\n${after}`)).toMatchObject({
        files: [{ path: 'a.ts', language: 'typescript', text: 'export const a = 1;' }],
      });
    }),
  );
});

const big = 1_000_000;
const hostile: Readonly<Record<string, string>> = {
  'a megabyte of backticks': '`'.repeat(big),
  'a megabyte of quotes': '"'.repeat(big),
  'deep quotes': `${'>'.repeat(big)} x`,
  'deep lists': `${'- '.repeat(big / 2)}x`,
  'many list items': '- item\n'.repeat(50_000),
  'many list items before a fence': `${'- item\n'.repeat(50_000)}\n\`\`\`js\nf()\n\`\`\`\n`,
  'many Markdown blocks without an end': '```markdown\n```js\n```\n'.repeat(5_000),
  'many fences': '```js\nf()\n```\n'.repeat(5_000),
  'many opening fences': '```js\n'.repeat(10_000),
  'many open Markdown blocks': '```markdown\n'.repeat(8_000),
  'many doubled fences': '```\n```\n'.repeat(8_000),
  'many tags': '<think></think>'.repeat(60_000),
  'many unclosed strings': `{"code": "${'\\"\n'.repeat(100_000)}`,
  'deep JSON': '['.repeat(big),
  'one long line': `def f(${'a, '.repeat(100_000)}`,
  'one long word': `const ${'a'.repeat(big)} = `,
  'many functions': Array.from(
    { length: 2000 },
    (_, at) => `\`\`\`js\nfunction f${at}() {}\n\`\`\`\n`,
  ).join('\n'),
};

test.each(Object.entries(hostile))(
  'extract() ends soon on %s',
  { timeout: 15_000 },
  (_what, text) => {
    expect(take(text).seat).toBe('primary-1');
  },
);
