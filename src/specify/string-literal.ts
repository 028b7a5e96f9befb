import type { Value } from '../domain/value.ts';
import type { Syntax } from './syntax-of.ts';

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
  const content = opening.prefix.includes('r') ? body : unescape(body, syntax);
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

const escape =
  /\\(?:\r\n|x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|U([0-9a-f]{8})|([0-7]{1,3})|([\s\S]))/gi;

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

/** The text that a body with escapes means; undefined when one of them names no character. */
function unescape(body: string, syntax: Syntax): string | undefined {
  if (!body.includes('\\')) return body;
  let isSound = true;
  const content = body.replace(escape, (whole, ...groups: (string | undefined)[]) => {
    const [byte, unit, point, long, octal, other] = groups;
    if (other !== undefined) return escaped(other, syntax);
    // `\N{...}` of Python never gets here as a character that is known.
    const code = octal === undefined ? (byte ?? unit ?? point ?? long) : undefined;
    if (code === undefined && octal === undefined) return '';
    const value = code === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(code, 16);
    if (value <= 0x10ffff) return String.fromCodePoint(value);
    isSound = false;
    return whole;
  });
  return isSound && !/\\N\{/.test(body) ? content : undefined;
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
