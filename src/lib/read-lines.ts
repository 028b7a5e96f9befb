import { isUtf8 } from 'node:buffer';

/** A line of a stream, by its number from 1. */
export type ReadLine =
  | {
      readonly number: number;
      /** Without its end, and without the byte order mark with which some programs begin a file. */
      readonly text: string;
      /** False where bytes that are no UTF-8 were replaced in the text. */
      readonly isUtf8: boolean;
      /** Where the next line begins, in bytes from the beginning of the stream. */
      readonly endBytes: number;
      /** False for a last line that no line break ends. */
      readonly isWhole: boolean;
    }
  /** Longer than what is held of one line. */
  | { readonly number: number; readonly text: null; readonly endBytes: number };

/** Reads a stream of UTF-8 text line by line, and holds no more than one line of the given length and one chunk. */
export async function* readLines(
  stream: AsyncIterable<unknown>,
  lineMaxBytes: number,
): AsyncGenerator<ReadLine> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let number = 0;
  let endBytes = 0;
  const hold = (part: Buffer): void => {
    heldBytes += part.length;
    if (heldBytes <= lineMaxBytes) held.push(part);
    else held = [];
  };
  const take = (isWhole: boolean): ReadLine => {
    number += 1;
    endBytes += heldBytes + (isWhole ? 1 : 0);
    const isTooLong = heldBytes > lineMaxBytes;
    const bytes = Buffer.concat(held);
    held = [];
    heldBytes = 0;
    if (isTooLong) return { number, text: null, endBytes };
    const text = bytes.toString('utf8').replace(/\r$/, '');
    const withoutMark = number === 1 ? text.replace(/^\uFEFF/, '') : text;
    return { number, text: withoutMark, isUtf8: isUtf8(bytes), endBytes, isWhole };
  };
  for await (const chunk of stream) {
    // A stream without encoding gives bytes.
    const bytes = chunk as Buffer;
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      hold(bytes.subarray(start, end));
      yield take(true);
      start = end + 1;
    }
    if (start < bytes.length) hold(bytes.subarray(start));
  }
  if (heldBytes > 0) yield take(false);
}
