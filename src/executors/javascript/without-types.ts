import { stripTypeScriptTypes } from 'node:module';

/**
 * TypeScript as JavaScript, with its enums, namespaces and parameter properties. Throws a SyntaxError for what
 * is not TypeScript.
 */
export function withoutTypes(text: string): string {
  return quietly(() => stripTypeScriptTypes(text, { mode: 'transform' }));
}

/** Node calls the function experimental, once, on stderr, where a person reads about models. */
function quietly<T>(action: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return action();
  } finally {
    process.emitWarning = emitWarning;
  }
}
