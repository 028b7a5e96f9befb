import type { Value } from '../domain/value.ts';
import { floatValue } from './number-literal.ts';
import type { Random } from './random.ts';
import {
  amountOf,
  type ListShape,
  type NumberShape,
  type Shape,
  type StringShape,
} from './shape.ts';

/** How far made values may go from what was seen: 0 stays close, each step is bigger and odder. */
export interface Reach {
  readonly random: Random;
  readonly level: number;
}

/** Makes a value that looks like the shape. */
export function sampleShape(shape: Shape, reach: Reach): Value {
  const { random } = reach;
  switch (shape.kind) {
    case 'constant':
      return shape.value;
    case 'bool':
      return random.chance(50);
    case 'number':
      return sampleNumber(shape, reach);
    case 'string':
      return sampleString(shape, reach);
    case 'list':
      return sampleList(shape, reach);
    case 'tuple':
      return { tuple: shape.items.map((item) => sampleShape(item, reach)) };
    case 'choice':
      return sampleShape(random.pick(shape.options) ?? { kind: 'bool' }, reach);
    case 'record': {
      const fields = shape.fields.filter(({ isOptional }) => !isOptional || random.chance(60));
      return { map: fields.map(({ key, shape: held }) => [key, sampleShape(held, reach)]) };
    }
    case 'map': {
      const size = random.int(0, shape.maxSize);
      const pairs = Array.from({ length: size }, () => sampleShape(shape.key, reach)).map(
        (key) => [JSON.stringify(key), [key, sampleShape(shape.value, reach)]] as const,
      );
      return { map: [...new Map(pairs).values()] };
    }
  }
}

/** The least and the greatest number that may be made: twice what was seen, of no other sign. */
export function boundsOf({ min, max }: NumberShape, level: number): readonly [number, number] {
  const span = Math.max(max - min, Math.abs(max), 4);
  const widened = Math.min(
    max + Math.ceil((span * (level + 1)) / 2),
    Math.max(max, 10 ** (level + 3)),
  );
  if (min < 0) return [Math.floor(min - (span * (level + 1)) / 2), Math.ceil(widened)];
  const least = min >= 1 && level < 2 ? 1 : 0;
  return [level > 2 ? -Math.ceil(span / 2) : least, Math.ceil(widened)];
}

function sampleNumber(shape: NumberShape, { random, level }: Reach): Value {
  const [least, most] = boundsOf(shape, level);
  // Small numbers meet each other, and with that the cases that equal numbers make.
  const isSmall = random.chance(40);
  const top = isSmall ? Math.min(most, Math.max(least, 0) + 6) : most;
  const whole = random.int(least, top);
  if (shape.isWhole) return { int: String(whole) };
  return floatValue(random.chance(30) ? whole : (whole * 10 + random.int(-9, 9)) / 10);
}

function sampleString(shape: StringShape, { random, level }: Reach): Value {
  const { alphabet, maxLength, seen } = shape;
  const keepsForm = shape.hasForm && level < 2 && random.chance(85);
  if (keepsForm)
    return (random.pick(seen) ?? '').replaceAll(/[0-9]/g, () => String(random.int(1, 9)));
  // What one call has may be told apart only together with what another has.
  if (seen.length > 1 && random.chance(25)) return random.pick(seen) ?? '';
  const usual = random.pick(seen)?.length ?? 4;
  const length = random.chance(60)
    ? random.int(0, usual + 1)
    : random.int(0, maxLength + level * 4);
  // Few different characters repeat, which is where programs for texts differ.
  const characters = [...alphabet];
  const few = random.chance(50)
    ? random.shuffle(characters).slice(0, random.int(1, 4))
    : characters;
  return Array.from({ length }, () => random.pick(few) ?? '').join('');
}

function sampleList(shape: ListShape, reach: Reach): Value {
  const { random, level } = reach;
  const most = shape.maxLength + (level > 0 ? level * 2 : 0);
  const length = random.chance(50) ? random.int(0, 4) : random.int(0, most);
  const items = Array.from({ length }, () => sampleShape(shape.of, reach));
  return listValue(items, shape, reach);
}

/** A list of these items, with the order, distinctness and form that the shape's lists have. */
export function listValue(
  items: readonly Value[],
  shape: ListShape,
  { random, level }: Reach,
): Value {
  const isStrict = level < 2;
  const keepsDistinct = shape.isSet || (shape.isDistinct && isStrict && random.chance(60));
  const distinct = keepsDistinct ? withoutRepeats(items) : items;
  const formed = shape.isRectangular && isStrict ? rectangular(distinct) : distinct;
  const isOrdered = random.chance(isStrict ? shape.sortedPercent : shape.sortedPercent / 2);
  const ordered = isOrdered ? sorted(formed) : formed;
  return shape.isSet ? { set: ordered } : { list: ordered };
}

function withoutRepeats(items: readonly Value[]): readonly Value[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Cuts the rows to the shortest one that is not empty. */
function rectangular(rows: readonly Value[]): readonly Value[] {
  const lists = rows.flatMap((row) =>
    row !== null && typeof row === 'object' && 'list' in row && row.list.length > 0
      ? [row.list]
      : [],
  );
  const width = lists.reduce((least, row) => Math.min(least, row.length), 24);
  return lists.length === 0 ? rows : lists.map((row) => ({ list: row.slice(0, width) }));
}

function sorted(items: readonly Value[]): readonly Value[] {
  return items.toSorted((a, b) => {
    const [left, right] = [amountOf(a), amountOf(b)];
    if (left !== undefined && right !== undefined) return left - right;
    const [first, second] = [JSON.stringify(a), JSON.stringify(b)];
    if (first === second) return 0;
    return first < second ? -1 : 1;
  });
}
