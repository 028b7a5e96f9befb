import type { Syntax } from '../domain/syntax-of.ts';
import type { Value } from '../domain/value.ts';
import type { Place, Read } from './string-literal.ts';

/** A final point is part of a number only where a sentence cannot end with it. */
const number =
  /([+-]?)\s*(?:(0x[0-9a-f_]{1,200}|0o[0-7_]{1,200}|0b[01_]{1,800})|((?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:\.(?=\s*[,)\]}]))?(?:e[+-]?\d+)?))(?!\w|\.[\w.])/iy;
const special =
  /([+-]?)\s*(?:float\(\s*(["'])([+-]?)(nan|inf|infinity)\2\s*\)|(?:math|np|numpy)\.(nan|inf)|(NaN|Infinity))(?![\w.(])/iy;

/** Reads the number at a place, with its sign; undefined when none stands there or it has an imaginary part. */
export function readNumberLiteral({ text, at, syntax }: Place): Read<Value> | undefined {
  number.lastIndex = at;
  const [whole, sign, based, decimal] = number.exec(text) ?? [];
  if (whole === undefined) return readSpecial(text, at);
  const digits = (based ?? decimal ?? '').replaceAll('_', '');
  if (/^0\d/.test(digits)) return undefined;
  const value = based === undefined ? decimalValue(digits, syntax) : { int: `${BigInt(digits)}` };
  return { value: sign === '-' ? negated(value) : value, end: at + whole.length };
}

/** The value of a number as a program of either language holds it. */
export function floatValue(amount: number): Value {
  if (Number.isNaN(amount)) return { float: 'nan' };
  if (Math.abs(amount) === Number.POSITIVE_INFINITY) return { float: amount > 0 ? 'inf' : '-inf' };
  return { float: Object.is(amount, -0) ? '-0' : String(amount) };
}

/** A whole number without a point is an integer in Python; in JavaScript every whole number is one. */
function decimalValue(digits: string, syntax: Syntax): Value {
  if (/^\d+$/.test(digits)) return { int: digits };
  const amount = Number(digits);
  return syntax === 'javascript' && Number.isSafeInteger(amount)
    ? { int: String(amount) }
    : floatValue(amount);
}

function negated(value: Value): Value {
  if (value === null || typeof value !== 'object') return value;
  if ('int' in value) return value.int === '0' ? value : { int: `-${value.int}` };
  return 'float' in value ? floatValue(-Number(value.float.replace('inf', 'Infinity'))) : value;
}

function readSpecial(text: string, at: number): Read<Value> | undefined {
  special.lastIndex = at;
  const [whole, outer, , inner, called, member, word] = special.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const name = (called ?? member ?? word ?? '').toLowerCase();
  if (name === 'nan') return { value: { float: 'nan' }, end: at + whole.length };
  const isNegative = (outer === '-') !== (inner === '-');
  return { value: { float: isNegative ? '-inf' : 'inf' }, end: at + whole.length };
}
