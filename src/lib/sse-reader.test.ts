import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sseReader } from './sse-reader.ts';

function read(pieces: readonly string[]): readonly (readonly [string, string | undefined])[] {
  const events: [string, string | undefined][] = [];
  const reader = sseReader((data, name) => events.push([data, name]));
  for (const piece of pieces) reader.feed(piece);
  reader.end();
  return events;
}

test('sseReader() hands over data and names, and skips comments', () => {
  expect(read([': ping\n\nevent: delta\ndata: {"a":1}\n\ndata: x\ndata: y\n\n'])).toEqual([
    ['{"a":1}', 'delta'],
    ['x\ny', undefined],
  ]);
});

test('sseReader() hands over a last event without its empty line', () => {
  expect(read(['data: a\n\ndata: [DONE]'])).toEqual([
    ['a', undefined],
    ['[DONE]', undefined],
  ]);
});

test('sseReader() gives the same events for any splitting and any line end', () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\uFEFF]/g, ''));
  const events = fc.array(
    line.filter((text) => text !== ''),
    { minLength: 1 },
  );
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  fc.assert(
    fc.property(events, lineEnd, fc.infiniteStream(fc.nat(9)), (sent, end, lengths) => {
      let rest = sent.map((data) => `data: ${data}${end}${end}`).join('');
      const pieces: string[] = [];
      for (const length of lengths) {
        if (rest === '') break;
        pieces.push(rest.slice(0, length));
        rest = rest.slice(length);
      }
      expect(read(pieces).map(([data]) => data)).toEqual(sent);
    }),
  );
});
