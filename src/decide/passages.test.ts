import { expect, test } from 'vitest';
import { passagesOf } from './passages.ts';

const texts = (markdown: string) => passagesOf(markdown).map(({ text }) => text);

test('passagesOf() gives headings, sentences, list items and rows, in their order', () => {
  const markdown = [
    '# 1. The plan',
    'First one. Then **two**\nlines of `code`!',
    '- A: b',
    '  1. Nested.',
    '> Quoted.',
    '| Part | Choice |\n|:--|--:|\n| Queue | Kafka | for now |',
  ].join('\n\n');
  expect(texts(markdown)).toEqual([
    'The plan',
    'First one.',
    'Then two lines of code!',
    'A: b',
    'Nested.',
    'Quoted.',
    'Queue: Kafka, for now',
  ]);
});

test('passagesOf() marks headings', () => {
  expect(passagesOf('# Plan\n\nPlan').map(({ isHeading }) => isHeading)).toEqual([true, false]);
});

test('passagesOf() leaves out code, HTML and rules', () => {
  expect(texts('```js\nOne. Two.\n```\n\n    Three.\n\n<p>Four.</p>\n\n---')).toEqual([]);
});

test.each([
  ['quotes', '>'.repeat(50_000)],
  ['lists', '- '.repeat(30_000)],
  ['numbered lists', '1. '.repeat(20_000)],
  ['emphasis', '*a '.repeat(20_000)],
  ['brackets', '['.repeat(50_000)],
])(
  'passagesOf() survives %s nested as deep as the text is long',
  { timeout: 5000 },
  (_, prefix) => {
    expect(() => passagesOf(`${prefix}word`)).not.toThrow();
  },
);
