/**
 * A piece of data that went into a program or came out of it, in JSON that keeps apart what languages keep apart.
 * Numbers are strings, since a JSON number would lose digits and cannot say `nan`.
 */
export type Value =
  | null
  | boolean
  | string
  /** Decimal digits with an optional sign, of any length. */
  | { readonly int: string }
  /** The shortest decimal that reads back the same, or `nan`, `inf`, `-inf`. */
  | { readonly float: string }
  | { readonly list: readonly Value[] }
  | { readonly tuple: readonly Value[] }
  /** In no order that means anything. */
  | { readonly set: readonly Value[] }
  /** Pairs in the order in which the program had them, which means nothing. */
  | { readonly map: readonly (readonly [Value, Value])[] }
  /** Base64. */
  | { readonly bytes: string }
  /** An instance of a class: the name of the class and its fields. */
  | { readonly object: string; readonly fields: readonly (readonly [string, Value])[] }
  /** A thing without data to compare, such as a function: the name of its type. */
  | { readonly opaque: string };
