import { inOrder } from './in-order.ts';
import type { Likeness } from './likeness.ts';
import type { Pick, Statement } from './statement.ts';
import { contentWords, stem } from './terms.ts';

/** From this likeness on, "do" and "do not" are taken to be about one thing. */
const polarityMinLikeness = 0.6;

/** From this likeness on, two amounts in one unit are taken to be about one thing. */
const amountMinLikeness = 0.5;

/** The share of the words of two subjects that makes them one. */
const subjectMinOverlap = 0.5;

/**
 * Tells what two statements contradict each other about; null when they do not. Found are: one subject with
 * two values, one claim with and without "not", one quantity with two amounts. It goes by words, so it misses
 * what is said differently, and takes two values that could live side by side for a contradiction.
 */
export function conflictOf(a: Statement, b: Statement, likeness: Likeness): string | null {
  if (a.seat === b.seat) return null;
  if (a.pick !== null && b.pick !== null && isOneSubject(a.pick, b.pick)) {
    if (a.isNegative === b.isNegative && areDisjoint(a.pick.valueTerms, b.pick.valueTerms)) {
      return a.pick.subject;
    }
  }
  const value = likeness.between(a, b);
  const isClaim = !a.isHeading && !b.isHeading;
  const isAbout = isClaim && value >= polarityMinLikeness && a.isNegative !== b.isNegative;
  return isAbout || (value >= amountMinLikeness && hasOtherAmount(a, b)) ? sharedWords(a, b) : null;
}

/**
 * Drops the picks whose subject one seat settles in several ways: "Issue: ..." is a kind of statement, not a
 * subject.
 */
export function withoutKinds(statements: readonly Statement[]): readonly Statement[] {
  const keyOf = ({ subjectTerms }: Pick): string => [...subjectTerms].toSorted(inOrder).join(' ');
  const kinds = new Set<string>();
  const first = new Map<string, Pick>();
  for (const { seat, pick } of statements) {
    if (pick === null) continue;
    const earlier = first.get(`${seat}\n${keyOf(pick)}`);
    if (earlier === undefined) first.set(`${seat}\n${keyOf(pick)}`, pick);
    else if (areDisjoint(earlier.valueTerms, pick.valueTerms)) kinds.add(keyOf(pick));
  }
  return statements.map((statement) =>
    statement.pick !== null && kinds.has(keyOf(statement.pick))
      ? { ...statement, pick: null }
      : statement,
  );
}

/** Whether both settle one subject in the same way. */
export function pickSame(a: Statement, b: Statement): boolean {
  if (a.pick === null || b.pick === null || a.isNegative !== b.isNegative) return false;
  return isOneSubject(a.pick, b.pick) && !areDisjoint(a.pick.valueTerms, b.pick.valueTerms);
}

function isOneSubject(a: Pick, b: Pick): boolean {
  const union = a.subjectTerms.union(b.subjectTerms);
  return a.subjectTerms.intersection(b.subjectTerms).size / union.size >= subjectMinOverlap;
}

/** Whether no word of one is a word of the other, or the start of one: `func` is `function`. */
function areDisjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const isShort = (short: string, long: string): boolean =>
    short === long || (short.length >= 3 && long.startsWith(short));
  return ![...a].some((one) => [...b].some((other) => isShort(one, other) || isShort(other, one)));
}

function hasOtherAmount(a: Statement, b: Statement): boolean {
  return [...a.amounts].some(([unit, amount]) => {
    const other = b.amounts.get(unit);
    return other !== undefined && other !== amount;
  });
}

function sharedWords(a: Statement, b: Statement): string {
  const words = new Set(contentWords(a.text).filter((word) => b.terms.has(stem(word))));
  return [...words].join(' ');
}
