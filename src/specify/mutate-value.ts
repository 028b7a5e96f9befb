import type { Value } from '../domain/value.ts';
import { itemsOf } from './literal-reader.ts';
import { floatValue } from './number-literal.ts';
import { boundsOf, listValue, type Reach, sampleShape } from './sample-shape.ts';
import {
  amountOf,
  type ListShape,
  type NumberShape,
  type Shape,
  type StringShape,
} from './shape.ts';

/** Changes a value a little, so that it still looks like the shape. */
export function mutateValue(value: Value, shape: Shape, reach: Reach): Value {
  const { random } = reach;
  switch (shape.kind) {
    case 'number':
      return mutateNumber(value, shape, reach);
    case 'string':
      return typeof value === 'string'
        ? mutateString(value, shape, reach)
        : sampleShape(shape, reach);
    case 'list':
      return mutateList(itemsOf(value) ?? [], shape, reach);
    case 'tuple': {
      const items = itemsOf(value) ?? [];
      const changed = random.int(0, shape.items.length - 1);
      return {
        tuple: shape.items.map((item, index) => {
          const held = items[index];
          return held === undefined || index === changed ? mutated(held, item, reach) : held;
        }),
      };
    }
    case 'record':
    case 'map':
      return mutateMap(value, shape, reach);
    case 'bool':
      return typeof value === 'boolean' ? !value : random.chance(50);
    case 'choice':
    case 'constant':
      return sampleShape(shape, reach);
  }
}

function mutated(value: Value | undefined, shape: Shape, reach: Reach): Value {
  return value === undefined ? sampleShape(shape, reach) : mutateValue(value, shape, reach);
}

function mutateNumber(value: Value, shape: NumberShape, reach: Reach): Value {
  const amount = amountOf(value);
  const [least, most] = boundsOf(shape, reach.level);
  if (amount === undefined || !Number.isFinite(amount)) return sampleShape(shape, reach);
  const near = [amount + 1, amount - 1, amount * 2, Math.trunc(amount / 2), amount + 10];
  const signed = shape.min < 0 || reach.level > 2 ? [-amount] : [];
  const fitting = [...near, ...signed].filter((one) => one >= least && one <= most);
  const picked = reach.random.chance(70) ? reach.random.pick(fitting) : undefined;
  if (picked === undefined) return sampleShape(shape, reach);
  return shape.isWhole ? { int: String(Math.trunc(picked)) } : floatValue(picked);
}

type TextChange = (text: readonly string[], shape: StringShape, reach: Reach) => readonly string[];

const textChanges: readonly TextChange[] = [
  substituted,
  substituted,
  (text, _, { random }) => text.toSpliced(random.int(0, text.length - 1), 1),
  (text, { alphabet }, { random }) =>
    text.toSpliced(random.int(0, text.length), 0, random.pick([...alphabet]) ?? ''),
  (text, _, { random }) => random.shuffle(text),
  (text) => text.toReversed(),
  (text) => [...text, ...text],
  (text, _, { random }) => text.slice(0, random.int(0, text.length)),
  (text, { alphabet }) => recased(text, alphabet),
];

/** Texts of letters, digits or brackets stay such texts: nothing is added that the alphabet has not. */
function mutateString(text: string, shape: StringShape, reach: Reach): string {
  const keepsForm = shape.hasForm && reach.level < 2 && reach.random.chance(85);
  const change = keepsForm ? substituted : (reach.random.pick(textChanges) ?? substituted);
  const limit = shape.maxLength * (1 + reach.level);
  return change([...text], shape, reach)
    .slice(0, limit)
    .join('');
}

/** Replaces one character by another of its kind, which keeps dates dates and numbers numbers. */
function substituted(
  text: readonly string[],
  { alphabet }: StringShape,
  { random }: Reach,
): readonly string[] {
  const at = random.int(0, text.length - 1);
  const kind = kindsOfCharacter.find((pattern) => pattern.test(text[at] ?? ''));
  const alike = [...alphabet].filter((character) => kind === undefined || kind.test(character));
  const other = random.pick(alike);
  return other === undefined || text.length === 0 ? text : text.with(at, other);
}

const kindsOfCharacter = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

function recased(text: readonly string[], alphabet: string): readonly string[] {
  const allowed = new Set(alphabet);
  return text.map((character) => {
    const lower = character.toLowerCase();
    const other = lower === character ? character.toUpperCase() : lower;
    return allowed.has(other) ? other : character;
  });
}

type ListChange = (items: readonly Value[], shape: ListShape, reach: Reach) => readonly Value[];

const listChanges: readonly ListChange[] = [
  changedItem,
  changedItem,
  (items, _, { random }) => items.toSpliced(random.int(0, items.length - 1), 1),
  (items, { of }, reach) =>
    items.toSpliced(reach.random.int(0, items.length), 0, sampleShape(of, reach)),
  (items, _, { random }) => {
    const again = random.pick(items);
    return again === undefined ? items : items.toSpliced(random.int(0, items.length), 0, again);
  },
  (items) => items.toReversed(),
  (items, _, { random }) => random.shuffle(items),
  (items, _, { random }) => items.slice(0, random.int(0, items.length)),
  (items) => [...items, ...items],
  (items, _, { random }) => {
    const same = random.pick(items);
    return same === undefined ? items : items.map(() => same);
  },
];

function mutateList(items: readonly Value[], shape: ListShape, reach: Reach): Value {
  const change = reach.random.pick(listChanges) ?? changedItem;
  const limit = shape.maxLength * (1 + reach.level);
  return listValue(change(items, shape, reach).slice(0, limit), shape, reach);
}

function changedItem(items: readonly Value[], { of }: ListShape, reach: Reach): readonly Value[] {
  const at = reach.random.int(0, items.length - 1);
  const item = items[at];
  return item === undefined
    ? [sampleShape(of, reach)]
    : items.with(at, mutateValue(item, of, reach));
}

function mutateMap(
  value: Value,
  shape: Extract<Shape, { kind: 'map' | 'record' }>,
  reach: Reach,
): Value {
  const pairs = value !== null && typeof value === 'object' && 'map' in value ? value.map : [];
  const at = reach.random.int(0, pairs.length - 1);
  const pair = pairs[at];
  const held = shape.kind === 'map' ? shape.value : shape.fields[at]?.shape;
  if (pair === undefined || held === undefined) return sampleShape(shape, reach);
  if (shape.kind === 'map' && reach.random.chance(25)) return { map: pairs.toSpliced(at, 1) };
  if (shape.kind === 'map' && reach.random.chance(25)) return sampleShape(shape, reach);
  return { map: pairs.with(at, [pair[0], mutateValue(pair[1], held, reach)]) };
}
