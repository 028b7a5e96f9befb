import type { Call } from './test-case.ts';
import type { Value } from './value.ts';

/** One text for calls that do the same, and another for others. */
export function callKey(call: Call): string {
  if (call.kind !== 'call') return JSON.stringify(call);
  const named = Object.entries(call.named ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([call.name, call.args.map(keyOf), named.map(([k, v]) => [k, keyOf(v)])]);
}

/** One text for equal inputs. Unlike results, `1` and `1.0` are two: programs may tell them apart. */
function keyOf(value: Value): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if ('list' in value) return `[${value.list.map(keyOf).join()}]`;
  if ('tuple' in value) return `(${value.tuple.map(keyOf).join()})`;
  if ('set' in value) return `{${value.set.map(keyOf).toSorted().join()}}`;
  if ('map' in value) {
    const pairs = value.map.map(([key, held]) => `${keyOf(key)}:${keyOf(held)}`);
    return `{${pairs.toSorted().join()}}`;
  }
  return JSON.stringify(value);
}
