import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import { fenced } from './fenced.ts';

test('fenced() names the language and ends the last line', () => {
  expect(fenced('a = 1', 'python')).toBe('```python\na = 1\n```');
});

test('fenced() keeps what could break out of the info string out of it', () => {
  expect(fenced('x\n', 'js`\n# heading')).toBe('```js#heading\nx\n```');
});

test('fenced() is one code block with exactly the text, whatever the text is', () => {
  const piece = fc.constantFrom('`', '```', '````', '~~~', '\n', ' ', 'a', '```js\n');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const { children } = fromMarkdown(fenced(text, null));
      expect(children).toHaveLength(1);
      expect(children[0]).toMatchObject({ type: 'code', value: text.replace(/\n$/, '') });
    }),
  );
});
