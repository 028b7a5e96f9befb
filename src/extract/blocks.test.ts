import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBlocks } from './blocks.ts';
import { plainPieces } from './plain-pieces.ts';

/** Lines of which those that are plain, and those that only look so, make every kind of neighbour. */
const line = fc.constantFrom(
  ...[
    '',
    '',
    ' ',
    'Here it is:',
    'It adds.',
    'a',
    'é',
    '`x` is',
    '**app.py**',
    '*not* it',
    '**',
    '***',
  ],
  ...[
    '# Title',
    '## Part #',
    '####### seven',
    '#no',
    '# ',
    'src/a.py:',
    '===',
    '---',
    '- item',
    '1. one',
  ],
  ...[
    '> quote',
    '    indented',
    '  two',
    '\ttab',
    '<answer>',
    '[a]: b',
    '\\* star',
    '| a | b |',
    'end  ',
  ],
  ...[
    '```',
    '```',
    '```',
    '```python',
    '```py app.py',
    '````',
    '~~~',
    ' ```',
    '``` ',
    '```x``` is',
    'so: ```',
  ],
  ...[
    '```md',
    'def add(a, b):',
    '    return a + b',
    '\u00a0',
    'a\u2028b',
    '\f',
    '_',
    '+',
    '+ plus',
    '9',
  ],
);

const fenced = fc
  .tuple(fc.constantFrom('```python', '```', '````ts'), fc.array(line, { maxLength: 4 }))
  .map(([opening, lines]) => [opening, ...lines, opening.replace(/[a-z]+$/, '')]);

const text = fc
  .array(
    fc.oneof(
      line.map((one) => [one]),
      fenced,
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.flat().join('\n'));

/** A blank line that is not empty means nothing to Markdown, and leaves the text to the parser. */
const spaces = '  \n';

test('findBlocks() reads a plain text by its lines as the parser of Markdown reads it', () => {
  fc.assert(
    fc.property(text, (source) => {
      const parsed = findBlocks(`${spaces}${source}`).map(({ start, end, ...block }) => ({
        ...block,
        start: start - spaces.length,
        end: end - spaces.length,
      }));
      expect(findBlocks(source)).toEqual(parsed);
    }),
    { numRuns: 1000 },
  );
});

test('plainPieces() reads prose, headings and fences that begin in the first column', () => {
  const source = '## Code\n\n**app.py**\nas asked:\n```python\nadd = 1\n```\n\n- It adds.\n';
  const pieces = plainPieces(source)?.map(({ type, start, end }) => [
    type,
    source.slice(start, end),
  ]);
  expect(pieces).toEqual([
    ['heading', '## Code'],
    ['paragraph', '**app.py**\nas asked:'],
    ['code', '```python\nadd = 1\n```'],
  ]);
});

test.each([
  '- item\n\n  ```\n  a\n  ```',
  '```\nnever closed',
  '```markdown\n# a\n```js\n```\n```',
  '\uFEFFa\n```\n```',
])('plainPieces() leaves to a parser what is not plain: %j', (source) => {
  expect(plainPieces(source)).toBeUndefined();
});
