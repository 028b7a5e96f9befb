import type { Example } from './example.ts';
import { inputOutputPairs, labelledSections, type Section } from './labelled-sections.ts';

/** The most characters of a sample that is run. */
const sampleMaxLength = 100_000;

/** Lines that are data of whatever meaning, and no sentence that describes some. */
const numbers = /^[-+\d.,\s]+$/;
const description =
  /\b(?:an?|the|of|is|are|each|every|first|next|contains?|integers?|numbers?|strings?|lines?|names?)\b/i;

/**
 * Finds the samples of a program that reads standard input: `Sample Input 1` and `Sample Output 1`, or
 * `Input` and `Output` below the heading `Examples`. Without any such word, what stands below `Input:` may
 * describe the format: it counts where it is numbers, or where there are several pairs.
 */
export function samplePrograms(text: string): readonly Example[] {
  const pairs = inputOutputPairs(labelledSections(text));
  const samples = examplesFrom(
    pairs.filter(({ input, output }) => input.isSample && output.isSample),
  );
  return samples.length > 0 ? samples : examplesFrom(pairs).filter(isData);
}

function isData({ call, expected }: Example, _index: number, all: readonly Example[]): boolean {
  if (call.kind !== 'program' || expected.kind !== 'printed') return false;
  const texts = [call.stdin, expected.text];
  return all.length > 1
    ? !texts.some((each) => description.test(each))
    : texts.every((each) => numbers.test(each));
}

function examplesFrom(pairs: ReturnType<typeof inputOutputPairs>): readonly Example[] {
  return pairs.flatMap(({ input, output }) => {
    const stdin = contentOf(input, false);
    const printed = contentOf(output, true);
    if (stdin === '' || printed === '' || stdin.length > sampleMaxLength) return [];
    const call = { kind: 'program', stdin: `${stdin}\n` } as const;
    return [{ call, expected: { kind: 'printed', text: printed }, at: input.at, isWeak: false }];
  });
}

/** What stands between fences, or else the lines; of an output only up to the first blank one. */
function contentOf({ lines }: Section, endsAtBlank: boolean): string {
  const fence = lines.findIndex((line) => /^\s*(?:```|~~~)/.test(line));
  const before = fence === -1 ? lines : lines.slice(0, fence);
  if (fence !== -1 && before.every((line) => line.trim() === '')) {
    const end = lines.findIndex((line, index) => index > fence && /^\s*(?:```|~~~)/.test(line));
    return lines
      .slice(fence + 1, end === -1 ? undefined : end)
      .join('\n')
      .trimEnd();
  }
  const first = before.findIndex((line) => line.trim() !== '');
  const used = first === -1 ? [] : before.slice(first);
  const blank = endsAtBlank ? used.findIndex((line) => line.trim() === '') : -1;
  return used
    .slice(0, blank === -1 ? undefined : blank)
    .join('\n')
    .trimEnd();
}
