import type { Value } from '../domain/value.ts';
import { floatValue } from './number-literal.ts';

/** The value that parsed JSON stands for; a whole number is an integer. */
export function valueOfJson(json: unknown): Value {
  if (json === null || typeof json === 'boolean' || typeof json === 'string') return json;
  if (typeof json === 'number') {
    return Number.isInteger(json) ? { int: BigInt(json).toString() } : floatValue(json);
  }
  if (Array.isArray(json)) return { list: json.map(valueOfJson) };
  if (typeof json !== 'object') return { opaque: typeof json };
  return { map: Object.entries(json).map(([key, value]) => [key, valueOfJson(value)]) };
}
