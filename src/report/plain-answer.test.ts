import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import {
  answered,
  decided,
  planWith,
  primary,
  sampleRecord,
  undecided,
} from '../../test/support/sample-run.ts';
import type { CodeFile } from '../domain/candidate.ts';
import type { Decision } from '../domain/decision.ts';
import { plainAnswer } from './plain-answer.ts';
import { resultOf } from './result.ts';

const plain = (change: Partial<Decision>): string =>
  plainAnswer(resultOf(sampleRecord({ decision: decided(change) })));
const file = (text: string, path: string | null = 'a.ts'): CodeFile => ({
  path,
  language: 'typescript',
  text,
});

test.each([
  ['that ends with a line end', 'a\n', 'a\n'],
  ['that does not', 'a', 'a\n'],
  ['with escape sequences and Windows line ends', '\u001b[31m\r\n\u202e', '\u001b[31m\r\n\u202e\n'],
  ['without text', '', ''],
])('plainAnswer() gives exactly the text of a single file %s', (_, text, output) => {
  expect(plain({ files: [file(text)] })).toBe(output);
});

test('plainAnswer() gives several files as Markdown that keeps every text and path', () => {
  const files = [
    file("const a = '`';\n"),
    file('# x\n```js\ny\n```\n', 'doc/b.md'),
    file('c', null),
  ];
  const tree = fromMarkdown(plain({ files }));
  expect(
    tree.children.map((node) => {
      if (node.type === 'code') return node.value;
      return node.type === 'heading' && node.children[0]?.type === 'text'
        ? node.children[0].value
        : node.type;
    }),
  ).toEqual(['a.ts', "const a = '`';", 'doc/b.md', '# x\n```js\ny\n```', 'c']);
});

test('plainAnswer() gives the prose of an answer without code', () => {
  expect(plain({ files: [], prose: 'Use two queues.' })).toBe('Use two queues.\n');
});

test('plainAnswer() gives nothing when there is no answer', () => {
  expect(plain(undecided)).toBe('');
});

test('plainAnswer() gives every perspective and the synthesis in architectural mode', () => {
  const seats = [primary(1, 'claude-code'), primary(2, 'codex')] as const;
  const point = (text: string, ...names: readonly string[]) => ({ text, seats: names });
  const synthesis = {
    agreements: [point('Keep one queue', 'primary-1', 'primary-2')],
    contradictions: [
      { subject: 'Store', sides: [point('Redis', 'primary-1'), point('Cookie', 'primary-2')] },
    ],
    unique: [],
  } as const;
  const record = sampleRecord({
    plan: planWith(seats),
    attempts: [answered(seats[0], { text: 'Mine' }), answered(seats[1], { text: 'Other\n' })],
    decision: decided({ synthesis }),
  });
  expect(plainAnswer(resultOf(record))).toBe(`# The view of claude-code

Mine

# The view of codex

Other

# Synthesis

## Where they agree

- Keep one queue (claude-code, codex)

## Where they contradict each other

- Store
  - Redis (claude-code)
  - Cookie (codex)
`);
});
