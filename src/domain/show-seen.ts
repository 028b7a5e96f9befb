import type { Seen } from './observed.ts';
import type { Expected } from './test-case.ts';
import { writeLiteral } from './write-literal.ts';

/** The most characters of a value that are shown. */
const shownMaxLength = 200;

/** How much that two texts share is shown before the place where they part. */
const sharedMaxLength = 60;

/** Says on one line what a candidate did: `[1, 2]`, `prints "hello"`, `raises ValueError`, `takes over 3 s`. */
export function showSeen(seen: Seen, language: string | null): string {
  return shortened(describe(seen, language));
}

/** Says what two candidates did, each on one line, in such a way that what is shown of them differs where they do. */
export function showApart(
  one: Seen,
  other: Seen,
  language: string | null,
): readonly [string, string] {
  const [ours, theirs] = [oneLine(describe(one, language)), oneLine(describe(other, language))];
  if (shortened(ours) !== shortened(theirs)) return [shortened(ours), shortened(theirs)];
  const from = Math.max(0, differenceAt(ours, theirs) - sharedMaxLength);
  const cut = (line: string): string => shortened(from === 0 ? line : `…${line.slice(from)}`);
  return [cut(ours), cut(theirs)];
}

function differenceAt(one: string, other: string): number {
  const at = [...one].findIndex((_, index) => one[index] !== other[index]);
  return at < 0 ? Math.min(one.length, other.length) : at;
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

function describe(seen: Seen, language: string | null): string {
  switch (seen.kind) {
    case 'returned': {
      const { value, printed, changed } = seen;
      if (value !== null) return writeLiteral(value, language);
      const effects = [
        ...(printed === '' ? [] : [`prints ${JSON.stringify(printed)}`]),
        ...changed.map(
          ([at, after]) => `changes argument ${at + 1} to ${writeLiteral(after, language)}`,
        ),
      ];
      return effects.length === 0 ? writeLiteral(null, language) : effects.join(' and ');
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

/** Shortens a text to what a person reads at a glance, on one line, with what a terminal obeys made visible. */
export function shortened(words: string): string {
  const flat = oneLine(words);
  return flat.length > shownMaxLength ? `${flat.slice(0, shownMaxLength - 1)}…` : flat;
}

function oneLine(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\u${code.toString(16).padStart(4, '0')}`;
    });
}
