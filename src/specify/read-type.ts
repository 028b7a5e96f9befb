import type { Syntax } from '../domain/syntax-of.ts';
import type { RecordField, ValueType } from '../domain/value-type.ts';
import { LiteralReader } from './literal-reader.ts';

const maxDepth = 20;

/** Annotations that mean one thing whatever stands in their brackets. */
const simple: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ['int', { kind: 'int' }],
  ['float', { kind: 'float' }],
  ['number', { kind: 'number' }],
  ['bool', { kind: 'bool' }],
  ['boolean', { kind: 'bool' }],
  ['str', { kind: 'string' }],
  ['string', { kind: 'string' }],
  ['bytes', { kind: 'bytes' }],
  ['None', { kind: 'none' }],
  ['null', { kind: 'none' }],
]);

const lists: ReadonlySet<string> = new Set(
  'list List Sequence Iterable Collection MutableSequence Array ReadonlyArray array'.split(' '),
);
const sets: ReadonlySet<string> = new Set(
  'set Set FrozenSet frozenset ReadonlySet AbstractSet'.split(' '),
);
const maps: ReadonlySet<string> = new Set(
  'dict Dict Mapping MutableMapping DefaultDict OrderedDict Record Map ReadonlyMap'.split(' '),
);

const int: ValueType = { kind: 'int' };
const word = /\s*([A-Za-z_$][\w$.]*)/y;

/** Reads an annotation of Python or TypeScript; undefined for one that says nothing about data. */
export function readType(source: string, syntax: Syntax): ValueType | undefined {
  const reader = new TypeReader(source.replaceAll(/["'](?=[A-Z]\w*\[)/g, ''), syntax);
  const type = reader.union();
  return reader.isAtEnd() ? type : undefined;
}

class TypeReader {
  readonly #literals: LiteralReader;
  readonly #syntax: Syntax;
  #depth = 0;

  constructor(text: string, syntax: Syntax) {
    this.#literals = new LiteralReader({ text, at: 0, syntax });
    this.#syntax = syntax;
  }

  isAtEnd(): boolean {
    this.#literals.skipBlank();
    return this.#literals.at === this.#literals.text.length;
  }

  union(): ValueType | undefined {
    this.#literals.take('|');
    const first = this.#suffixed();
    if (first === undefined) return undefined;
    const options = [first];
    while (this.#literals.take('|')) {
      const next = this.#suffixed();
      if (next === undefined) return undefined;
      options.push(next);
    }
    return options.length === 1 ? first : { kind: 'union', options };
  }

  #suffixed(): ValueType | undefined {
    if (this.#depth > maxDepth) return undefined;
    this.#depth += 1;
    let type = this.#single();
    this.#depth -= 1;
    while (type !== undefined && this.#syntax === 'javascript' && this.#literals.take('[')) {
      type = this.#literals.take(']') ? { kind: 'list', of: type } : undefined;
    }
    return type;
  }

  #single(): ValueType | undefined {
    if (this.#syntax === 'javascript') {
      if (this.#literals.take('(')) return this.#closed(this.union(), ')');
      if (this.#literals.take('[')) return this.#tuple(']');
      if (this.#literals.take('{')) return this.#record();
    }
    const name = this.#word();
    return name === undefined ? this.#literal() : this.#named(name);
  }

  #closed(type: ValueType | undefined, close: string): ValueType | undefined {
    return this.#literals.take(close) ? type : undefined;
  }

  #word(): string | undefined {
    const { text, at } = this.#literals;
    word.lastIndex = at;
    const [whole, name] = word.exec(text) ?? [];
    const isConstant = /^(?:true|false|True|False)$/.test(name ?? '');
    if (whole === undefined || name === undefined || isConstant) return undefined;
    this.#literals.at += whole.length;
    return name.slice(name.lastIndexOf('.') + 1);
  }

  #literal(): ValueType | undefined {
    const value = this.#literals.value();
    return value === undefined ? undefined : { kind: 'literal', value };
  }

  #named(name: string): ValueType | undefined {
    if (name === 'readonly') return this.#suffixed();
    const plain = simple.get(name);
    if (plain !== undefined) return plain;
    const [open, close] = this.#syntax === 'python' ? ['[', ']'] : ['<', '>'];
    if (!this.#literals.take(open)) return bare(name);
    if (name === 'Literal') return this.#choices(close);
    if (name === 'Tuple' || name === 'tuple') return this.#tuple(close);
    const of = this.#types(close);
    return of === undefined ? undefined : generic(name, of);
  }

  #choices(close: string): ValueType | undefined {
    const options: ValueType[] = [];
    do {
      const option = this.#literal();
      if (option === undefined) return undefined;
      options.push(option);
    } while (this.#literals.take(','));
    return this.#closed({ kind: 'union', options }, close);
  }

  #tuple(close: string): ValueType | undefined {
    const items: ValueType[] = [];
    while (!this.#literals.take(close)) {
      if (items.length > 0 && !this.#literals.take(',')) return undefined;
      const [of] = items;
      if (of !== undefined && this.#literals.take('...')) {
        return this.#closed({ kind: 'list', of }, close);
      }
      const item = this.union();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return { kind: 'tuple', items };
  }

  #types(close: string): readonly ValueType[] | undefined {
    const types: ValueType[] = [];
    do {
      const type = this.union();
      if (type === undefined) return undefined;
      types.push(type);
    } while (this.#literals.take(','));
    return this.#literals.take(close) ? types : undefined;
  }

  #record(): ValueType | undefined {
    const fields: RecordField[] = [];
    while (!this.#literals.take('}')) {
      const name = this.#word();
      if (name === undefined) return undefined;
      const isOptional = this.#literals.take('?');
      const type = this.#literals.take(':') ? this.union() : undefined;
      if (type === undefined) return undefined;
      fields.push({ name, type, isOptional });
      if (!this.#literals.take(';')) this.#literals.take(',');
    }
    return { kind: 'record', fields };
  }
}

/** A collection that does not say what is in it holds integers, the least surprising guess. */
function bare(name: string): ValueType | undefined {
  if (lists.has(name)) return { kind: 'list', of: int };
  if (sets.has(name)) return { kind: 'set', of: int };
  if (maps.has(name)) return { kind: 'map', key: { kind: 'string' }, value: int };
  return name.toLowerCase() === 'tuple' ? { kind: 'tuple', items: [int, int] } : undefined;
}

function generic(name: string, of: readonly ValueType[]): ValueType | undefined {
  const [first, second] = of;
  if (first === undefined) return undefined;
  if (lists.has(name)) return { kind: 'list', of: first };
  if (sets.has(name)) return { kind: 'set', of: first };
  if (maps.has(name)) return second && { kind: 'map', key: first, value: second };
  if (name === 'Optional') return { kind: 'union', options: [first, { kind: 'none' }] };
  if (name === 'Union') return { kind: 'union', options: of };
  return name === 'Counter' ? { kind: 'map', key: first, value: int } : undefined;
}
