import type { Value } from '../domain/value.ts';
import type { ValueType } from '../domain/value-type.ts';
import { learnShape, stringShape } from './learn-shape.ts';
import type { Shape } from './shape.ts';

/** Texts to look like where nothing is known of a text but that it is one. */
const plainTexts = ['abc', 'Hello World', 'racecar', 'a1 b2', 'the cat'];

/** What values of a type look like where there is no example of one: small, and mostly not negative. */
export function shapeOfType(type: ValueType): Shape {
  switch (type.kind) {
    case 'int':
      return { kind: 'number', min: 0, max: 15, isWhole: true };
    case 'float':
      return { kind: 'number', min: -2, max: 10, isWhole: false };
    case 'number':
      return { kind: 'number', min: 0, max: 15, isWhole: true };
    case 'bool':
      return { kind: 'bool' };
    case 'string':
      return stringShape(plainTexts);
    case 'none':
      return { kind: 'constant', value: null };
    case 'bytes':
      return { kind: 'constant', value: { bytes: 'YWJj' } };
    case 'literal':
      return { kind: 'constant', value: type.value };
    case 'tuple':
      return { kind: 'tuple', items: type.items.map(shapeOfType) };
    case 'union':
      return { kind: 'choice', options: type.options.map(shapeOfType) };
    case 'map':
      return {
        kind: 'map',
        key: shapeOfType(type.key),
        value: shapeOfType(type.value),
        maxSize: 5,
      };
    case 'record': {
      const fields = type.fields.map((field) => ({
        key: field.name,
        shape: shapeOfType(field.type),
        isOptional: field.isOptional,
      }));
      return { kind: 'record', fields };
    }
    case 'list':
    case 'set':
      return listOf(shapeOfType(type.of), type.kind === 'set');
  }
}

/** Numbers in a list go below zero more often than numbers that stand alone, which are often counts. */
function listOf(item: Shape, isSet: boolean): Shape {
  const of = item.kind === 'number' ? { ...item, min: -9 } : item;
  const isNested = item.kind === 'list';
  return {
    kind: 'list',
    of,
    isSet,
    maxLength: isNested ? 4 : 8,
    sortedPercent: 0,
    isDistinct: false,
    isRectangular: isNested,
  };
}

/** What a parameter takes: what was seen, with what its type allows besides. */
export function shapeOfParameter(
  type: ValueType | undefined,
  seen: readonly Value[],
): Shape | undefined {
  if (seen.length === 0) return type === undefined ? undefined : shapeOfType(type);
  const learned = learnShape(seen);
  if (learned === undefined || type === undefined) return learned;
  const takesNone = type.kind === 'union' && type.options.some(({ kind }) => kind === 'none');
  if (!takesNone || learned.kind === 'choice') return withFractions(learned, type);
  const none: Shape = { kind: 'constant', value: null };
  return { kind: 'choice', options: [learned, learned, learned, none] };
}

/** Whole numbers in an example of what may be a fraction are chance. */
function withFractions(shape: Shape, type: ValueType): Shape {
  if (shape.kind === 'number') return type.kind === 'float' ? { ...shape, isWhole: false } : shape;
  const isList = shape.kind === 'list' && (type.kind === 'list' || type.kind === 'set');
  return isList ? { ...shape, of: withFractions(shape.of, type.of) } : shape;
}
