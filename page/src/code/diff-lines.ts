import { structuredPatch } from 'diff';

/** One line of a diff. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  /** Its number in the first text; null for a line that is not in it. */
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** Lines around a change that are shown with it. */
const contextLines = 4;

/** Milliseconds until a comparison is given up. */
const limitMs = 3000;

/** Compares two texts line by line; undefined where that takes too long. */
export function diffLines(before: string, after: string): readonly DiffLine[] | undefined {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: contextLines,
    timeout: limitMs,
  });
  // The types leave out that a comparison may be given up.
  const hunks = (patch as typeof patch | undefined)?.hunks;
  return hunks?.flatMap(({ lines, oldStart, newStart }, index) => {
    let [old, now] = [oldStart, newStart];
    const shown = lines
      .filter((line) => !line.startsWith('\\'))
      .map((line): DiffLine => {
        const text = line.slice(1);
        if (line.startsWith('+')) return { kind: 'added', before: null, after: now++, text };
        if (line.startsWith('-')) return { kind: 'removed', before: old++, after: null, text };
        return { kind: 'same', before: old++, after: now++, text };
      });
    const gap: DiffLine = { kind: 'gap', before: null, after: null, text: '' };
    return index === 0 ? shown : [gap, ...shown];
  });
}
