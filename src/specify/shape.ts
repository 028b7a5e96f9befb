import type { Value } from '../domain/value.ts';

/** What values of one parameter look like, so that made ones can look alike. */
export type Shape =
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'bool' }
  | NumberShape
  | StringShape
  | ListShape
  | { readonly kind: 'tuple'; readonly items: readonly Shape[] }
  | { readonly kind: 'record'; readonly fields: readonly FieldShape[] }
  | {
      readonly kind: 'map';
      readonly key: Shape;
      readonly value: Shape;
      readonly maxSize: number;
    }
  | { readonly kind: 'choice'; readonly options: readonly Shape[] };

export interface NumberShape {
  readonly kind: 'number';
  /** What numbers are usually between; only their signs are taken to be a rule. */
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

export interface StringShape {
  readonly kind: 'string';
  /** The characters that may be used. */
  readonly alphabet: string;
  readonly maxLength: number;
  /** Whether all texts have the same signs between their letters and digits, as dates and fractions do. */
  readonly hasForm: boolean;
  /** Texts that were seen. */
  readonly seen: readonly string[];
}

export interface ListShape {
  readonly kind: 'list';
  readonly of: Shape;
  readonly isSet: boolean;
  readonly maxLength: number;
  /** In how many of a hundred cases a list is put in order; the surer, the more going up looks like a condition. */
  readonly sortedPercent: number;
  readonly isDistinct: boolean;
  /** Whether the lists inside one list are of one length. */
  readonly isRectangular: boolean;
}

export interface FieldShape {
  readonly key: Value;
  readonly shape: Shape;
  readonly isOptional: boolean;
}

/** The amount of a number; undefined of anything else. */
export function amountOf(value: Value): number | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if ('int' in value) return Number(value.int);
  return 'float' in value ? Number(value.float.replace('inf', 'Infinity')) : undefined;
}
