import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Frames } from './frames.ts';

function frame(kind: string, text: string): Buffer {
  const data = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.write(kind, 'latin1');
  head.writeUInt32LE(data.length, 1);
  return Buffer.concat([head, data]);
}

test('Frames gives the same frames however their bytes are cut', () => {
  const kinds = fc.constantFrom('R', 'O', 'E');
  const content = fc.array(fc.tuple(kinds, fc.string()), { maxLength: 5 });
  fc.assert(
    fc.property(content, fc.integer({ min: 1, max: 9 }), (all, size) => {
      const bytes = Buffer.concat(all.map(([kind, text]) => frame(kind, text)));
      const frames = new Frames();
      const seen = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        frames.push(bytes.subarray(index * size, (index + 1) * size)),
      ).flat();
      expect(seen.map(({ kind, data }) => [kind, data.toString()])).toEqual(all);
    }),
  );
});
