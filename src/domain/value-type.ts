import type { Value } from './value.ts';

/** What kind of data a parameter takes, as far as an annotation or a word of the task says it. */
export type ValueType =
  | { readonly kind: 'int' | 'float' | 'number' | 'bool' | 'string' | 'none' | 'bytes' }
  | { readonly kind: 'list' | 'set'; readonly of: ValueType }
  | { readonly kind: 'tuple'; readonly items: readonly ValueType[] }
  | { readonly kind: 'map'; readonly key: ValueType; readonly value: ValueType }
  | { readonly kind: 'union'; readonly options: readonly ValueType[] }
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'record'; readonly fields: readonly RecordField[] };

/** A property of an object type. */
export interface RecordField {
  readonly name: string;
  readonly type: ValueType;
  readonly isOptional: boolean;
}
