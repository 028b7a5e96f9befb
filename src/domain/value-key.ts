import type { Value } from './value.ts';

/** How values are compared. */
export interface Comparing {
  /** Takes lists for equal that hold the same items in another order, as where a task says "in any order". */
  readonly anyOrder?: boolean | undefined;
}

/** Significant digits that two floats must share; tests of numbers usually allow an error of a millionth. */
const floatDigits = 6;

/**
 * The text that two values share exactly when they are equal: numbers by value, whether integer or float, and
 * floats to six significant digits; sets and maps in any order; instances by their fields, whatever their class
 * is called. A boolean is no number, and a tuple no list.
 */
export function valueKey(value: Value, comparing: Comparing = {}): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if ('int' in value) return integerKey(value.int);
  if ('float' in value) return floatKey(value.float);
  if ('bytes' in value) return `bytes ${value.bytes}`;
  if ('opaque' in value) return `opaque ${value.opaque}`;
  return containerKey(value, comparing);
}

type Container = Extract<
  Value,
  { list: unknown } | { tuple: unknown } | { set: unknown } | { map: unknown } | { fields: unknown }
>;

function containerKey(value: Container, comparing: Comparing): string {
  const key = (each: Value): string => valueKey(each, comparing);
  const pair = ([name, each]: readonly [Value, Value]): string => `${key(name)}:${key(each)}`;
  if ('list' in value) {
    const items = value.list.map(key);
    return `[${(comparing.anyOrder ? items.toSorted() : items).join()}]`;
  }
  if ('tuple' in value) return `(${value.tuple.map(key).join()})`;
  if ('set' in value) return `set{${value.set.map(key).toSorted().join()}}`;
  if ('map' in value) return `{${value.map.map(pair).toSorted().join()}}`;
  return `object{${value.fields.map(pair).toSorted().join()}}`;
}

function integerKey(digits: string): string {
  const plain = digits.replace(/^([+-]?)0+(?=\d)/, '$1').replace(/^\+/, '');
  return plain === '-0' ? '0' : plain;
}

function floatKey(text: string): string {
  const number = Number(text);
  if (!Number.isFinite(number)) return text.toLowerCase();
  // Past this, not every integer is a float, so a float stands for itself alone.
  if (Number.isSafeInteger(number)) return String(number + 0 === 0 ? 0 : number);
  if (Number.isInteger(number)) return String(BigInt(number));
  const rounded = Number(number.toPrecision(floatDigits));
  return String(rounded + 0 === 0 ? 0 : rounded);
}
