import type { Value } from '../domain/value.ts';
import { itemsOf } from './literal-reader.ts';
import { amountOf, type FieldShape, type ListShape, type Shape } from './shape.ts';

type Kind = 'none' | 'bool' | 'number' | 'string' | 'list' | 'set' | 'tuple' | 'map' | 'other';

/** The most that made lists and texts hold, so that slow programs end too. */
const listMaxLength = 24;
const textMaxLength = 60;

/** Learns what values look like from some of them; undefined from none, or from data that cannot be made. */
export function learnShape(values: readonly Value[]): Shape | undefined {
  const groups = [...Map.groupBy(values, kindOf)];
  const shapes = groups.flatMap(([kind, group]) => learners[kind](group) ?? []);
  const [only] = shapes;
  if (shapes.length < groups.length) return undefined;
  return shapes.length > 1 ? { kind: 'choice', options: shapes } : only;
}

function kindOf(value: Value): Kind {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if ('int' in value || 'float' in value) return 'number';
  if ('list' in value) return 'list';
  if ('set' in value) return 'set';
  if ('tuple' in value) return 'tuple';
  return 'map' in value ? 'map' : 'other';
}

const learners: Readonly<Record<Kind, (values: readonly Value[]) => Shape | undefined>> = {
  none: () => ({ kind: 'constant', value: null }),
  bool: () => ({ kind: 'bool' }),
  number: numberShape,
  string: (values) => stringShape(values.filter((value) => typeof value === 'string')),
  list: (values) => listShape(values, false),
  set: (values) => listShape(values, true),
  tuple: tupleShape,
  map: mapShape,
  other: () => undefined,
};

function numberShape(values: readonly Value[]): Shape {
  const amounts = values.map((value) => amountOf(value) ?? 0).filter(Number.isFinite);
  const isWhole = values.every(
    (value) => value !== null && typeof value === 'object' && 'int' in value,
  );
  return {
    kind: 'number',
    min: amounts.reduce((least, amount) => Math.min(least, amount), amounts[0] ?? 0),
    max: amounts.reduce((most, amount) => Math.max(most, amount), amounts[0] ?? 0),
    isWhole,
  };
}

/** Kinds of characters that come together: a text that has some of one kind may have others of it. */
const families = ['abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '0123456789'];

/** The shape of texts like these: digits stay digits, brackets stay brackets. */
export function stringShape(seen: readonly string[]): Shape {
  const characters = new Set(seen.flatMap((text) => [...text]));
  const added = families.flatMap((family) => {
    const used = [...family].filter((character) => characters.has(character));
    return isOpen(used, seen) ? [...family] : used;
  });
  const others = [...characters].filter((character) => !/[a-zA-Z0-9]/.test(character));
  const alphabet = [...added, ...others].join('');
  const longest = seen.reduce((most, text) => Math.max(most, text.length), 0);
  return {
    kind: 'string',
    alphabet: alphabet === '' ? 'abc' : alphabet,
    maxLength: Math.min(Math.max(longest * 2, 8), textMaxLength),
    hasForm: haveForm(seen),
    seen,
  };
}

function haveForm(seen: readonly string[]): boolean {
  const forms = new Set(seen.map((text) => text.replaceAll(/[a-z0-9\s]+/gi, '')));
  return seen.length > 1 && forms.size === 1 && !forms.has('');
}

/** Texts of two or three different characters, such as `0` and `1`, have no others. */
function isOpen(used: readonly string[], seen: readonly string[]): boolean {
  const total = seen.reduce((sum, text) => sum + text.length, 0);
  return used.length > 3 || (used.length > 0 && total < used.length * 4);
}

function listShape(values: readonly Value[], isSet: boolean): Shape | undefined {
  const lists = values.map((value) => itemsOf(value) ?? []);
  const items = lists.flat();
  const of = items.length === 0 ? emptyItem : learnShape(items);
  if (of === undefined) return undefined;
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0);
  const telling = lists.filter((list) => list.length > 1);
  return {
    kind: 'list',
    of,
    isSet,
    maxLength: Math.min(Math.max(longest * 2, 6), listMaxLength),
    sortedPercent: sortedPercent(telling),
    isDistinct: items.length > 5 && telling.every(isDistinct),
    isRectangular: lists.every(isRectangular),
  };
}

/** Two short lists that go up may be chance; many long ones hardly are. */
function sortedPercent(lists: readonly (readonly Value[])[]): number {
  if (lists.length === 0 || !lists.every(goesUp)) return 0;
  return lists.length > 2 && lists.flat().length > 9 ? 85 : 50;
}

const emptyItem: Shape = { kind: 'number', min: 0, max: 9, isWhole: true };

function goesUp(list: readonly Value[]): boolean {
  return list.every((value, index) => index === 0 || !isBelow(value, list[index - 1] ?? null));
}

function isBelow(value: Value, other: Value): boolean {
  if (typeof value === 'string' && typeof other === 'string') return value < other;
  const [amount, limit] = [amountOf(value), amountOf(other)];
  return amount === undefined || limit === undefined || amount < limit;
}

function isDistinct(list: readonly Value[]): boolean {
  return new Set(list.map((value) => JSON.stringify(value))).size === list.length;
}

function isRectangular(list: readonly Value[]): boolean {
  const lengths = list.map((row) => itemsOf(row)?.length);
  return lengths.every((length) => length !== undefined && length === lengths[0]);
}

function tupleShape(values: readonly Value[]): Shape | undefined {
  const tuples = values.map((value) => itemsOf(value) ?? []);
  const [first = []] = tuples;
  if (tuples.some((tuple) => tuple.length !== first.length)) {
    const list = listShape(values, false);
    return list?.kind === 'list' ? variadicTuple(list) : undefined;
  }
  const items = first.map((_, index) =>
    learnShape(tuples.flatMap((tuple) => tuple[index] ?? null)),
  );
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? { kind: 'tuple', items: known } : undefined;
}

/** Tuples of several lengths are lists that happen to be tuples: some of the usual lengths will do. */
function variadicTuple({ of }: ListShape): Shape {
  const options = [0, 1, 2, 3, 4].map((length) => ({
    kind: 'tuple' as const,
    items: Array.from({ length }, () => of),
  }));
  return { kind: 'choice', options };
}

function mapShape(values: readonly Value[]): Shape | undefined {
  const maps = values.map(pairsOf);
  const texts = maps.map((map) => JSON.stringify(map.map(([name]) => name)));
  const isRecord = maps.length > 1 && (maps[0]?.length ?? 0) > 0 && new Set(texts).size === 1;
  if (isRecord) return recordShape(maps);
  const pairs = maps.flat();
  const key = learnShape(pairs.map(([name]) => name));
  const value = learnShape(pairs.map(([, held]) => held));
  const most = maps.reduce((size, map) => Math.max(size, map.length), 0);
  return {
    kind: 'map',
    key: key ?? stringShape(['a', 'bc']),
    value: value ?? emptyItem,
    maxSize: Math.max(most + 2, 4),
  };
}

function pairsOf(value: Value): Pairs {
  return value !== null && typeof value === 'object' && 'map' in value ? value.map : [];
}

type Pairs = readonly (readonly [Value, Value])[];

function recordShape(maps: readonly Pairs[]): Shape | undefined {
  const fields = (maps[0] ?? []).flatMap(([key], index): readonly FieldShape[] => {
    const shape = learnShape(maps.flatMap((pairs) => pairs[index]?.[1] ?? null));
    return shape === undefined ? [] : [{ key, shape, isOptional: false }];
  });
  return fields.length === maps[0]?.length ? { kind: 'record', fields } : undefined;
}
