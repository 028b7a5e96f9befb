/** The named fields of a JSON object; all undefined when the value is no object. */
export function fields<Name extends string>(value: unknown): { readonly [name in Name]?: unknown } {
  // Whoever asks for a name gets an unknown value, so that any object, and none, is true to the type.
  return typeof value === 'object' && value !== null ? (value as { [name in Name]?: unknown }) : {};
}

/** The value when it is a list; else an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value when it is a number of zero or more; else null. */
export function count(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null;
}

/** The value of a JSON text; undefined when it is none. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
