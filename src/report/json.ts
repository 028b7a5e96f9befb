import type { OrchestratorResult } from '../domain/result.ts';

type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

type SnakeKeys<Value> = Value extends readonly unknown[]
  ? { readonly [Index in keyof Value]: SnakeKeys<Value[Index]> }
  : Value extends object
    ? { readonly [Key in keyof Value as SnakeCase<Key & string>]: SnakeKeys<Value[Key]> }
    : Value;

/** The result as `--json` prints it: the same values under keys in snake_case. */
export type ResultJson = SnakeKeys<OrchestratorResult>;

/** Renames the keys of a result to snake_case. Every key is one of the contract's, so no data is touched. */
export function resultJson(result: OrchestratorResult): ResultJson {
  // The type says what the function does, which the compiler cannot follow through the recursion.
  return snakeKeys(result) as ResultJson;
}

/** Writes a result as the JSON text that `--json` prints, harmless on a terminal too. */
export function toJson(result: OrchestratorResult): string {
  return jsonText(resultJson(result));
}

/** Writes any value as indented JSON, harmless on a terminal too. */
export function jsonText(value: object): string {
  return escaped(JSON.stringify(value, null, 2));
}

/** Writes any value as one line of JSON, harmless on a terminal too. */
export function jsonLine(value: object): string {
  return escaped(JSON.stringify(value));
}

/** JSON leaves these raw, and a terminal may obey them; escaped they mean the same to every reader. */
function escaped(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [snakeCase(key), snakeKeys(each)]),
  );
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
