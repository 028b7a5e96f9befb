import type { Syntax } from '../domain/syntax-of.ts';
import type { Value } from '../domain/value.ts';

/** What was read, and where it ends. */
export interface Read<T> {
  readonly value: T;
  readonly end: number;
}

/** A place in a text of one language. */
export interface Place {
  readonly text: string;
  readonly at: number;
  readonly syntax: Syntax;
}

interface Opening {
  readonly prefix: string;
  readonly quote: string;
  readonly start: number;
}

const pythonOpening = /([rbu]|rb|br)?("""|'''|"|')/iy;
const scriptOpening = /()(["'`])/y;

/**
 * Reads the string or bytes literal at a place; undefined when there is none, when it does not end, or
 * when it is no plain data: an f-string, or a template with a hole.
 */
export function readStringLiteral({ text, at, syntax }: Place): Read<Value> | undefined {
  const opening = openingAt({ text, at, syntax });
  if (opening === undefined) return undefined;
  const end = closingQuote(text, opening);
  if (end === undefined) return undefined;
  const body = text.slice(opening.start, end);
  const after = end + opening.quote.length;
  if (opening.quote === '`' && body.includes('${')) return undefined;
  const content = opening.prefix.includes('r') ? body : plainText(body, syntax);
  if (content === undefined) return undefined;
  if (!opening.prefix.includes('b')) return { value: content, end: after };
  const bytes = Buffer.from(content, 'latin1').toString('base64');
  return isLatin(content) ? { value: { bytes }, end: after } : undefined;
}

function openingAt({ text, at, syntax }: Place): Opening | undefined {
  const pattern = syntax === 'python' ? pythonOpening : scriptOpening;
  pattern.lastIndex = at;
  const [whole, prefix, quote] = pattern.exec(text) ?? [];
  if (whole === undefined || quote === undefined) return undefined;
  return { prefix: (prefix ?? '').toLowerCase(), quote, start: at + whole.length };
}

function closingQuote(text: string, { quote, start }: Opening): number | undefined {
  const isOneLine = quote === '"' || quote === "'";
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (isOneLine && character === '\n') return undefined;
    else if (character === quote[0] && text.startsWith(quote, at)) return at;
  }
  return undefined;
}

const escapes =
  /\\(?:\r\n|(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|U([0-9a-fA-F]{8}))|([0-7]{1,3})|([\s\S]))/g;

const single: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
  '\n': '',
};

/** The text that a body with escapes means; undefined when one of them names no character that is known here. */
function plainText(body: string, syntax: Syntax): string | undefined {
  if (!body.includes('\\')) return body;
  if (/\\N\{/.test(body)) return undefined;
  const parts: string[] = [];
  let from = 0;
  for (const match of body.matchAll(escapes)) {
    const meant = meaningOf(match, syntax);
    if (meant === undefined) return undefined;
    parts.push(body.slice(from, match.index), meant);
    from = match.index + match[0].length;
  }
  return parts.join('') + body.slice(from);
}

function meaningOf(match: readonly (string | undefined)[], syntax: Syntax): string | undefined {
  const [, byte, unit, point, long, octal, other] = match;
  if (other !== undefined) return escaped(other, syntax);
  const hex = byte ?? unit ?? point ?? long;
  if (hex === undefined && octal === undefined) return '';
  const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

function escaped(character: string, syntax: Syntax): string {
  const isOfPython = character === 'a';
  if (isOfPython && syntax === 'javascript') return character;
  const known = single[character];
  if (known !== undefined) return known;
  // Python keeps the backslash of an escape that it does not know; JavaScript drops it.
  return syntax === 'javascript' || /["'\\]/.test(character) ? character : `\\${character}`;
}

function isLatin(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0xff) return false;
  }
  return true;
}
