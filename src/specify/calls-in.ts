import type { Entry } from '../domain/suite.ts';
import { syntaxOf } from '../domain/syntax-of.ts';
import type { Call } from '../domain/test-case.ts';
import { callOfEntry } from './example.ts';
import { readCall } from './read-call.ts';

/** The most calls that are read in one text. */
const callsMax = 100;

/**
 * Finds the calls of the entry in source text, wherever they stand, as in `assert set(f([1])) == {1}`: what they
 * should come to is not read, but what they are given is proper input.
 */
export function callsIn(text: string, entry: Entry | null): readonly Call[] {
  const syntax = entry?.kind === 'function' ? syntaxOf(entry.language) : undefined;
  if (entry?.kind !== 'function' || syntax === undefined) return [];
  const last = entry.name.slice(entry.name.lastIndexOf('.') + 1).replaceAll('$', '\\$');
  const places = [
    ...text.matchAll(new RegExp(`(?<![\\w$.])(?:\\w+\\(\\)\\.)?${last}\\s*\\(`, 'g')),
  ];
  return places.slice(0, callsMax).flatMap(({ index }) => {
    const read = readCall({ text, at: index, syntax });
    return (read && callOfEntry(read.value, entry)) ?? [];
  });
}
