import type { Outcome } from './matrix.ts';
import { observationKey, printedText } from './observation-key.ts';
import type { Seen } from './observed.ts';
import type { Expected } from './test-case.ts';
import { type Comparing, valueKey } from './value-key.ts';

/**
 * What of an observation a test asks about: the value that is returned, the text that is printed, or the error
 * that is raised. All tests of one call are looked at through one lens, so that their outcomes can be compared.
 */
export type Lens = 'value' | 'printed' | 'raised';

/** The lens of a demand; null for one that could not be evaluated. */
export function lensOf(expected: Expected): Lens | null {
  return expected.kind === 'source' ? null : expected.kind;
}

/** What an observation comes to, seen through a lens. */
export function outcomeOf(seen: Seen, lens: Lens, comparing: Comparing): Outcome {
  switch (seen.kind) {
    case 'returned':
      if (lens === 'printed') return { kind: 'value', key: printedKey(seen.printed) };
      return { kind: 'value', key: observationKey(seen, comparing) };
    case 'raised':
      if (lens === 'raised') return { kind: 'value', key: raisedKey(seen.error) };
      return { kind: 'raised', error: seen.error };
    case 'not-run':
      return { kind: 'not-run', because: seen.because };
    case 'timed-out':
    case 'crashed':
    case 'flaky':
      return { kind: seen.kind };
  }
}

/** What an outcome must be to meet a demand. */
export function isMet(expected: Expected, seen: Seen, comparing: Comparing): boolean {
  const lens = lensOf(expected);
  if (lens === null) return false;
  // An error of any class will do where the test names none.
  if (expected.kind === 'raised' && expected.error === null) return seen.kind === 'raised';
  const outcome = outcomeOf(seen, lens, comparing);
  return outcome.kind === 'value' && outcome.key === expectedKey(expected, comparing);
}

/** The key of the outcome that a demand asks for; undefined for one that could not be evaluated. */
export function expectedKey(expected: Expected, comparing: Comparing): string | undefined {
  switch (expected.kind) {
    case 'value':
      return observationKey(
        { kind: 'returned', value: expected.value, printed: '', changed: [] },
        comparing,
      );
    case 'printed':
      return printedKey(expected.text);
    case 'raised':
      return raisedKey(expected.error ?? '');
    case 'source':
      return undefined;
  }
}

function printedKey(text: string): string {
  return `printed ${JSON.stringify(printedText(text))}`;
}

function raisedKey(error: string): string {
  return `raised ${valueKey(error.split('.').at(-1) ?? error)}`;
}
