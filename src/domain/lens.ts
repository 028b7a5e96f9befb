import type { Outcome } from './matrix.ts';
import { observationKey, printedText } from './observation-key.ts';
import type { Seen } from './observed.ts';
import type { Expected, TestCase } from './test-case.ts';
import { type Comparing, valueKey } from './value-key.ts';

/**
 * What of an observation a test asks about: the value that is returned, that nothing is returned, the text that
 * is printed, the class of the error that is raised, or that any error is. Outcomes can be compared when they
 * are seen through one lens.
 */
export type Lens = 'value' | 'nothing' | 'printed' | 'raised' | 'any-error';

/** The lens of a demand; null for one that could not be evaluated. */
export function lensOf(expected: Expected): Lens | null {
  switch (expected.kind) {
    case 'value':
      return expected.value === null ? 'nothing' : 'value';
    case 'raised':
      return errorNamed(expected) === null ? 'any-error' : 'raised';
    case 'printed':
      return 'printed';
    case 'source':
      return null;
  }
}

/** What an observation comes to, seen through a lens. */
export function outcomeOf(seen: Seen, lens: Lens, comparing: Comparing): Outcome {
  switch (seen.kind) {
    case 'returned':
      if (lens === 'printed') return { kind: 'value', key: printedKey(seen.printed) };
      // What a call that returns nothing prints or changes is beside the point of a test that wants nothing.
      if (lens === 'nothing' && seen.value === null) return { kind: 'value', key: nothingKey };
      return { kind: 'value', key: observationKey(seen, comparing) };
    case 'raised':
      if (lens === 'raised') return { kind: 'value', key: raisedKey(seen.error) };
      if (lens === 'any-error') return { kind: 'value', key: anyErrorKey };
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
  const outcome = outcomeOf(seen, lens, comparing);
  return outcome.kind === 'value' && outcome.key === expectedKey(expected, comparing);
}

/** The key of the outcome that a demand asks for; undefined for one that could not be evaluated. */
export function expectedKey(expected: Expected, comparing: Comparing): string | undefined {
  switch (expected.kind) {
    case 'value':
      if (expected.value === null) return nothingKey;
      return observationKey(
        { kind: 'returned', value: expected.value, printed: '', changed: [] },
        comparing,
      );
    case 'printed':
      return printedKey(expected.text);
    case 'raised':
      return errorNamed(expected) === null ? anyErrorKey : raisedKey(expected.error ?? '');
    case 'source':
      return undefined;
  }
}

const nothingKey = 'returned nothing';
const anyErrorKey = 'raised';

/** The classes that every error belongs to: a test that names one of them names none. */
const rootErrors: ReadonlySet<string> = new Set(['BaseException', 'Error', 'Exception']);

function errorNamed({ error }: Extract<Expected, { kind: 'raised' }>): string | null {
  return error === null || rootErrors.has(error) ? null : error;
}

function printedKey(text: string): string {
  return `printed ${JSON.stringify(printedText(text))}`;
}

function raisedKey(error: string): string {
  return `raised ${valueKey(error.split('.').at(-1) ?? error)}`;
}

/** A test that says what is right, and whether it is met. */
export interface Demand {
  readonly test: TestCase;
  readonly met: boolean;
}

/**
 * Tells which demands of a suite one candidate meets, by what it did on each test. A test that could not be run
 * on it, such as one in another language, demands nothing of it.
 */
export function demandsOn(
  rows: readonly Seen[],
  suite: Comparing & { readonly tests: readonly TestCase[] },
): readonly Demand[] {
  return suite.tests.flatMap((test, index): readonly Demand[] => {
    const { expected } = test;
    const seen = rows[index];
    if (!expected || expected.kind === 'source' || !seen || seen.kind === 'not-run') return [];
    return [{ test, met: isMet(expected, seen, suite) }];
  });
}
