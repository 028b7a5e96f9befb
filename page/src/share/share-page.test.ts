import { expect, test } from 'vitest';
import { escaped } from './share-page.ts';

test.each([
  ['<script>', '&lt;script&gt;'],
  ['"\'&', '&quot;&#39;&amp;'],
  ['a\u202Eb', 'a&lt;U+202E&gt;b'],
  ['\u0000', '^@'],
])('escaped() makes %j harmless', (text, wanted) => {
  expect(escaped(text)).toBe(wanted);
});
