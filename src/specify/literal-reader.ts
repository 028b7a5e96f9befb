import type { Syntax } from '../domain/syntax-of.ts';
import type { Value } from '../domain/value.ts';
import { readNumberLiteral } from './number-literal.ts';
import { readStringLiteral } from './string-literal.ts';

/** How deep brackets may be nested, which also bounds how often a hostile text is read again. */
const maxDepth = 50;

type Pair = readonly [Value, Value];

/** What stands between two brackets. */
interface Items {
  readonly values: readonly Value[];
  readonly pairs: readonly Pair[];
  /** `(1,)` is a tuple and `(1)` is none. */
  readonly endsWithComma: boolean;
}

const blank = /(?:\s|#[^\n]*|\\\n)*/y;
const scriptBlank = /(?:\s|\/\/[^\n]*|\/\*[^*]*\*\/)*/y;
const word = /[A-Za-z_$][\w$]*/y;
const empty = /\(\s*\)/y;

/** Words that mean data. Both spellings are read in both languages, since tasks mix them. */
const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['None', null],
  ['null', null],
  ['undefined', { opaque: 'undefined' }],
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
]);

const emptyCalls: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['set', { set: [] }],
  ['frozenset', { set: [] }],
  ['list', { list: [] }],
  ['tuple', { tuple: [] }],
  ['dict', { map: [] }],
  ['str', ''],
]);

/** Reads literals one after the other from a text. What it cannot read leaves `at` somewhere inside. */
export class LiteralReader {
  at: number;
  readonly text: string;
  readonly #syntax: Syntax;
  #depth = 0;

  constructor(place: { readonly text: string; readonly at: number; readonly syntax: Syntax }) {
    this.text = place.text;
    this.at = place.at;
    this.#syntax = place.syntax;
  }

  /** The literal that begins here; undefined when there is none, or what stands here is computed. */
  value(): Value | undefined {
    this.skipBlank();
    const place = { text: this.text, at: this.at, syntax: this.#syntax };
    const string = readStringLiteral(place);
    if (string !== undefined) return this.#joined(string.value, string.end);
    const read = readNumberLiteral(place);
    if (read !== undefined) {
      this.at = read.end;
      return read.value;
    }
    return this.#bracketed() ?? this.#named();
  }

  /** Goes past white space and comments. */
  skipBlank(): void {
    const pattern = this.#syntax === 'python' ? blank : scriptBlank;
    pattern.lastIndex = this.at;
    pattern.exec(this.text);
    this.at = Math.max(this.at, pattern.lastIndex);
  }

  /** Goes past a token, if it is what comes next after blanks. */
  take(token: string): boolean {
    this.skipBlank();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** Adjacent strings of Python are one. */
  #joined(first: Value, end: number): Value | undefined {
    this.at = end;
    if (this.#syntax !== 'python' || typeof first !== 'string') return first;
    const parts = [first];
    let last = end;
    for (;;) {
      this.skipBlank();
      const next = readStringLiteral({ text: this.text, at: this.at, syntax: this.#syntax });
      if (next === undefined) break;
      if (typeof next.value !== 'string') return undefined;
      parts.push(next.value);
      this.at = next.end;
      last = next.end;
    }
    this.at = last;
    return parts.join('');
  }

  #bracketed(): Value | undefined {
    const open = this.text[this.at];
    if (this.#depth >= maxDepth) return undefined;
    this.#depth += 1;
    const value = this.#inside(open);
    this.#depth -= 1;
    return value;
  }

  #inside(open: string | undefined): Value | undefined {
    if (open === '[') return this.#list();
    if (open === '(') return this.#parenthesised();
    return open === '{' ? this.#braced() : undefined;
  }

  #list(): Value | undefined {
    const items = this.#items(']');
    return items === undefined || items.pairs.length > 0 ? undefined : { list: items.values };
  }

  #parenthesised(): Value | undefined {
    const items = this.#items(')');
    if (items === undefined || items.pairs.length > 0) return undefined;
    const [only] = items.values;
    if (items.values.length === 1 && !items.endsWithComma) return only;
    return this.#syntax === 'python' ? { tuple: items.values } : undefined;
  }

  #braced(): Value | undefined {
    const items = this.#items('}');
    if (items === undefined) return undefined;
    if (items.values.length === 0) return { map: items.pairs };
    const isSet = items.pairs.length === 0 && this.#syntax === 'python';
    return isSet ? { set: items.values } : undefined;
  }

  #items(close: string): Items | undefined {
    this.at += 1;
    const values: Value[] = [];
    const pairs: Pair[] = [];
    let endsWithComma = false;
    while (!this.take(close)) {
      if (values.length + pairs.length > 0 && !endsWithComma) return undefined;
      const item = this.#item(close === '}');
      if (item === undefined) return undefined;
      if (item.pair === undefined) values.push(item.value);
      else pairs.push(item.pair);
      endsWithComma = this.take(',');
    }
    return { values, pairs, endsWithComma };
  }

  #item(isBraced: boolean): { value: Value; pair: Pair | undefined } | undefined {
    const key = isBraced ? (this.#bareKey() ?? this.value()) : this.value();
    if (key === undefined) return undefined;
    if (!isBraced || !this.take(':')) return { value: key, pair: undefined };
    const value = this.value();
    if (value === undefined) return undefined;
    return { value: key, pair: [this.#syntax === 'python' ? key : keyText(key), value] };
  }

  /** A key of an object without quotes. */
  #bareKey(): string | undefined {
    if (this.#syntax === 'python') return undefined;
    this.skipBlank();
    const name = this.#wordAt(this.at);
    if (name === undefined || !/^\s*:/.test(this.text.slice(this.at + name.length, this.at + 80)))
      return undefined;
    this.at += name.length;
    return name;
  }

  #named(): Value | undefined {
    const name = this.#wordAt(this.at);
    if (name === undefined) return undefined;
    this.at += name.length;
    if (name === 'new' && this.#syntax === 'javascript') return this.#collection();
    const constant = constants.get(name);
    if (constant !== undefined) return constant;
    return this.#syntax === 'python' ? this.#constructed(name) : undefined;
  }

  /** `set()`, `set([1, 2])`, `frozenset({1})`, `tuple([1])`. */
  #constructed(name: string): Value | undefined {
    const ifEmpty = emptyCalls.get(name);
    if (ifEmpty === undefined) return undefined;
    empty.lastIndex = this.at;
    if (empty.test(this.text)) {
      this.at = empty.lastIndex;
      return ifEmpty;
    }
    const items = this.#argument();
    if (items === undefined) return undefined;
    if (name.endsWith('set')) return { set: items };
    return name === 'tuple' ? { tuple: items } : undefined;
  }

  /** `new Set([1])`, `new Map([['a', 1]])`. */
  #collection(): Value | undefined {
    this.skipBlank();
    const name = this.#wordAt(this.at);
    if (name !== 'Set' && name !== 'Map') return undefined;
    this.at += name.length;
    empty.lastIndex = this.at;
    const isEmpty = empty.test(this.text);
    if (isEmpty) this.at = empty.lastIndex;
    const items = isEmpty ? [] : this.#argument();
    if (items === undefined) return undefined;
    if (name === 'Set') return { set: items };
    const pairs = items.map(pairOf);
    if (!pairs.every((pair) => pair !== undefined)) return undefined;
    // An object literal is a map too, and programs tell the two apart.
    return { object: 'Map', fields: [['entries', { map: pairs }]] };
  }

  #argument(): readonly Value[] | undefined {
    if (!this.take('(')) return undefined;
    const value = this.value();
    if (value === undefined || !this.take(')')) return undefined;
    return itemsOf(value);
  }

  #wordAt(at: number): string | undefined {
    word.lastIndex = at;
    return word.exec(this.text)?.[0];
  }
}

/** What a list, tuple or set holds; undefined for anything else. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if ('list' in value) return value.list;
  if ('tuple' in value) return value.tuple;
  return 'set' in value ? value.set : undefined;
}

function pairOf(value: Value): Pair | undefined {
  const [key, held, ...more] = itemsOf(value) ?? [];
  return key === undefined || held === undefined || more.length > 0 ? undefined : [key, held];
}

/** Objects of JavaScript have text for keys. */
function keyText(key: Value): Value {
  if (key === null || typeof key !== 'object') return String(key);
  if ('int' in key) return key.int;
  return 'float' in key ? key.float : key;
}
