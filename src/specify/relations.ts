import type { Value } from '../domain/value.ts';
import { itemsOf } from './literal-reader.ts';
import { amountOf } from './shape.ts';

/** Something that holds between two arguments of every known call, and may be a condition of the task. */
export interface Relation {
  readonly kind: 'same-length' | 'within-length' | 'in-order';
  readonly first: number;
  readonly second: number;
}

type Args = readonly Value[];

/** Finds what holds between pairs of arguments in all calls; nothing is learned from a single call. */
export function relationsIn(calls: readonly Args[]): readonly Relation[] {
  const count = calls[0]?.length ?? 0;
  if (calls.length < 2 || calls.some((args) => args.length !== count)) return [];
  const places = Array.from({ length: count }, (_, index) => index);
  return places.flatMap((first) =>
    places.flatMap((second) => {
      const kind = first === second ? undefined : relationOf(calls, first, second);
      return kind === undefined ? [] : [{ kind, first, second }];
    }),
  );
}

function relationOf(
  calls: readonly Args[],
  first: number,
  second: number,
): Relation['kind'] | undefined {
  const pairs = calls.map((args) => [args[first] ?? null, args[second] ?? null] as const);
  const lengths = pairs.map(([a, b]) => [lengthOf(a), lengthOf(b)] as const);
  if (first < second && lengths.every(([a, b]) => a !== undefined && a === b)) return 'same-length';
  const isWithin = pairs.every(([a], index) => isWithinLength(a, lengths[index]?.[1]));
  if (isWithin) return 'within-length';
  const amounts = pairs.map(([a, b]) => [amountOf(a), amountOf(b)] as const);
  const isOrdered = amounts.every(([a, b]) => a !== undefined && b !== undefined && a <= b);
  return first < second && calls.length > 2 && isOrdered ? 'in-order' : undefined;
}

function isWithinLength(value: Value, length: number | undefined): boolean {
  const amount = amountOf(value);
  return amount !== undefined && length !== undefined && amount >= 0 && amount <= length;
}

/** Changes arguments so that a relation holds. */
export function withRelation(args: Args, { kind, first, second }: Relation): Args {
  const [a, b] = [args[first] ?? null, args[second] ?? null];
  const [left, right] = [lengthOf(a), lengthOf(b)];
  if (kind === 'same-length' && left !== undefined && right !== undefined) {
    const length = Math.min(left, right);
    return args.with(first, cut(a, length)).with(second, cut(b, length));
  }
  if (kind === 'within-length' && right !== undefined && !isWithinLength(a, right)) {
    return args.with(first, { int: String(right) });
  }
  const [low, high] = [amountOf(a), amountOf(b)];
  const isWrong = low !== undefined && high !== undefined && low > high;
  return kind === 'in-order' && isWrong ? args.with(first, b).with(second, a) : args;
}

function lengthOf(value: Value): number | undefined {
  return typeof value === 'string' ? value.length : itemsOf(value)?.length;
}

function cut(value: Value, length: number): Value {
  if (typeof value === 'string') return value.slice(0, length);
  const items = itemsOf(value)?.slice(0, length) ?? [];
  if (value === null || typeof value !== 'object') return value;
  return 'tuple' in value ? { tuple: items } : { list: items };
}
