import type { Syntax } from '../domain/syntax-of.ts';

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const quotes = /("""|'''|"|'|`)/y;

/** The most characters of a list of parameters. */
const spanMaxLength = 4000;

/** Finds the bracket that closes the one at `at`, past strings and comments; undefined when there is none. */
export function closingBracket(source: string, at: number, syntax: Syntax): number | undefined {
  const open: string[] = [];
  const limit = Math.min(source.length, at + spanMaxLength);
  for (let position = at; position < limit; position = next(source, position, syntax)) {
    const character = source[position] ?? '';
    const closer = closerOf[character];
    if (closer !== undefined) open.push(closer);
    else if (/[)\]}]/.test(character) && open.pop() !== character) return undefined;
    if (open.length === 0) return position;
  }
  return undefined;
}

/** What to split a source text at. */
export interface Split {
  readonly syntax: Syntax;
  readonly separator: string;
  /** Whether `<` and `>` are brackets, as they are in types. */
  readonly hasAngles: boolean;
}

/** Splits a text at the separators that stand in no bracket, string or comment. */
export function splitTop(source: string, split: Split): readonly string[] {
  const { syntax, separator, hasAngles } = split;
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < source.length; at = next(source, at, syntax)) {
    if (depth === 0 && source.startsWith(separator, at)) {
      parts.push(source.slice(from, at).trim());
      from = at + separator.length;
    }
    depth += depthChange(source, at, hasAngles);
  }
  return [...parts, source.slice(from).trim()];
}

/** Finds the first of some operators that stands in no bracket, string or comment. */
export function topOperator(
  source: string,
  syntax: Syntax,
  operators: readonly string[],
): { readonly at: number; readonly operator: string } | undefined {
  let depth = 0;
  for (let at = 0; at < source.length; at = next(source, at, syntax)) {
    const operator =
      depth === 0 ? operators.find((text) => source.startsWith(text, at)) : undefined;
    if (operator !== undefined) return { at, operator };
    depth += depthChange(source, at, false);
  }
  return undefined;
}

/** Whether every bracket that a text opens is closed in it. */
export function isBalanced(source: string, syntax: Syntax): boolean {
  let depth = 0;
  for (let at = 0; at < source.length; at = next(source, at, syntax)) {
    depth += depthChange(source, at, false);
    if (depth < 0) return false;
  }
  return depth === 0;
}

function depthChange(source: string, at: number, hasAngles: boolean): number {
  const character = source[at] ?? '';
  if (character in closerOf) return 1;
  if (/[)\]}]/.test(character)) return -1;
  if (!hasAngles) return 0;
  if (character === '<') return 1;
  // The end of an arrow closes nothing.
  return character === '>' && !/[=-]/.test(source[at - 1] ?? '') ? -1 : 0;
}

/** The position after a string or comment that begins here, or else after one character. */
function next(source: string, at: number, syntax: Syntax): number {
  const comment = syntax === 'python' ? '#' : '//';
  if (source.startsWith(comment, at)) return lineEnd(source, at);
  quotes.lastIndex = at;
  const quote = quotes.exec(source)?.[1];
  if (quote === undefined) return at + 1;
  let end = at + quote.length;
  while (end < source.length && !source.startsWith(quote, end)) end += source[end] === '\\' ? 2 : 1;
  return end + quote.length;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end === -1 ? source.length : end;
}
