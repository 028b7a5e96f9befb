import type { Seen } from './observed.ts';
import type { Expected } from './test-case.ts';
import { writeLiteral } from './write-literal.ts';

/** The most characters of a value that are shown. */
const shownMaxLength = 200;

/** Says on one line what a candidate did: `[1, 2]`, `prints "hello"`, `raises ValueError`, `takes over 3 s`. */
export function showSeen(seen: Seen, language: string | null): string {
  return shortened(text(seen, language));
}

/** Says on one line what a test demands. */
export function showExpected(expected: Expected, language: string | null): string {
  switch (expected.kind) {
    case 'value':
      return shortened(writeLiteral(expected.value, language));
    case 'source':
      return shortened(expected.expression);
    case 'raised':
      return `raises ${expected.error ?? 'an error'}`;
    case 'printed':
      return shortened(`prints ${JSON.stringify(expected.text)}`);
  }
}

function text(seen: Seen, language: string | null): string {
  switch (seen.kind) {
    case 'returned': {
      const { value, printed, changed } = seen;
      if (value !== null) return writeLiteral(value, language);
      if (printed !== '') return `prints ${JSON.stringify(printed)}`;
      const [[position, after] = []] = changed;
      if (position === undefined || after === undefined) return writeLiteral(null, language);
      return `changes argument ${position + 1} to ${writeLiteral(after, language)}`;
    }
    case 'raised':
      return `raises ${seen.error}${seen.message === '' ? '' : `: ${seen.message}`}`;
    case 'timed-out':
      return `takes over ${seen.limitMs / 1000} s`;
    case 'crashed':
      return `ends the process: ${seen.how}`;
    case 'not-run':
      return `not run: ${seen.because}`;
    case 'flaky':
      return 'differs from run to run';
  }
}

function shortened(line: string): string {
  const flat = line.replaceAll(/\s*\n\s*/g, ' ');
  return flat.length > shownMaxLength ? `${flat.slice(0, shownMaxLength - 1)}…` : flat;
}
