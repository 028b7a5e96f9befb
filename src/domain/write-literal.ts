import { type Syntax, syntaxOf } from './syntax-of.ts';
import type { Call } from './test-case.ts';
import type { Value } from './value.ts';

/** Writes a value as a literal of a language; one that has none, such as a function, as its type in `<>`. */
export function writeLiteral(value: Value, language: string | null): string {
  return write(value, syntaxOf(language) ?? 'python');
}

/** Writes a call on one line, as a person would: `f([1, 2], 'a')`. */
export function writeCall(call: Call, language: string | null): string {
  const syntax = syntaxOf(language) ?? 'python';
  if (call.kind === 'program') return `stdin ${quoted(call.stdin, syntax)}`;
  if (call.kind === 'script') {
    const lines = [...call.statements.split('\n'), call.expression];
    return lines.filter((line) => line.trim() !== '').join('; ');
  }
  const named = Object.entries(call.named ?? {}).map(
    ([name, value]) => `${name}=${write(value, syntax)}`,
  );
  const args = call.args.map((value) => write(value, syntax));
  return `${call.name}(${[...args, ...named].join(', ')})`;
}

function write(value: Value, syntax: Syntax): string {
  if (value === null) return syntax === 'python' ? 'None' : 'null';
  if (typeof value === 'boolean') return syntax === 'python' ? pythonWord(value) : String(value);
  if (typeof value === 'string') return quoted(value, syntax);
  if ('int' in value) return value.int;
  if ('float' in value) return float(value.float, syntax);
  return writeCollection(value, syntax);
}

type Collection = Exclude<
  Value,
  null | boolean | string | { readonly int: string } | { readonly float: string }
>;

function writeCollection(value: Collection, syntax: Syntax): string {
  if ('list' in value) return `[${each(value.list, syntax)}]`;
  if ('tuple' in value) return tuple(value.tuple, syntax);
  if ('set' in value) return set(value.set, syntax);
  if ('map' in value) return map(value.map, syntax);
  if ('bytes' in value) return bytes(value.bytes, syntax);
  if ('object' in value) {
    if (syntax === 'javascript' && value.object === 'Map') return mapOfScript(value, syntax);
    const fields = value.fields.map(([name, held]) => `${name}=${write(held, syntax)}`);
    return `${value.object}(${fields.join(', ')})`;
  }
  return value.opaque === 'undefined' ? 'undefined' : `<${value.opaque}>`;
}

function pythonWord(value: boolean): string {
  return value ? 'True' : 'False';
}

function each(values: readonly Value[], syntax: Syntax): string {
  return values.map((value) => write(value, syntax)).join(', ');
}

function float(digits: string, syntax: Syntax): string {
  if (syntax === 'python') {
    if (/^-?(?:nan|inf)$/.test(digits)) return `float('${digits}')`;
    return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
  }
  return digits.replace('nan', 'NaN').replace('inf', 'Infinity');
}

function tuple(values: readonly Value[], syntax: Syntax): string {
  if (syntax === 'javascript') return `[${each(values, syntax)}]`;
  return values.length === 1 ? `(${each(values, syntax)},)` : `(${each(values, syntax)})`;
}

function set(values: readonly Value[], syntax: Syntax): string {
  if (syntax === 'javascript') return `new Set([${each(values, syntax)}])`;
  return values.length === 0 ? 'set()' : `{${each(values, syntax)}}`;
}

function map(pairs: readonly (readonly [Value, Value])[], syntax: Syntax): string {
  const isObject = syntax === 'python' || pairs.every(([key]) => typeof key === 'string');
  if (!isObject) return mapOfPairs(pairs, syntax);
  const written = pairs.map(([key, value]) => `${write(key, syntax)}: ${write(value, syntax)}`);
  return `{${written.join(', ')}}`;
}

function mapOfPairs(pairs: readonly (readonly [Value, Value])[], syntax: Syntax): string {
  return `new Map([${pairs.map((pair) => `[${each(pair, syntax)}]`).join(', ')}])`;
}

/** A `Map` of JavaScript, whose pairs are its only field. */
function mapOfScript({ fields }: Extract<Value, { object: string }>, syntax: Syntax): string {
  const [, held] = fields[0] ?? [];
  const isMap = typeof held === 'object' && held !== null && 'map' in held;
  return mapOfPairs(isMap ? held.map : [], syntax);
}

function bytes(base64: string, syntax: Syntax): string {
  const content = Buffer.from(base64, 'base64').toString('latin1');
  return `${syntax === 'python' ? 'b' : ''}${quoted(content, syntax)}`;
}

const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be escaped.
  /[\\'\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** Between single quotes; what a terminal would not show as it is, escaped. */
function quoted(text: string, syntax: Syntax): string {
  const body = text.replace(unprintable, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    const code = character.charCodeAt(0);
    const isByte = code < 0x100 && syntax === 'python';
    const hex = isByte ? `\\x${padded(code, 2)}` : `\\u${padded(code, 4)}`;
    return short[character] ?? hex;
  });
  return `'${body}'`;
}

function padded(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
