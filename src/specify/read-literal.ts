import { syntaxOf } from '../domain/syntax-of.ts';
import type { Value } from '../domain/value.ts';
import { LiteralReader } from './literal-reader.ts';

/**
 * Reads a text that is one literal of Python, JavaScript or TypeScript; undefined for anything that would
 * have to be computed, or a language whose literals are not known. Takes time in proportion to the text.
 */
export function readLiteral(source: string, language: string | null): Value | undefined {
  const syntax = syntaxOf(language);
  if (syntax === undefined) return undefined;
  const reader = new LiteralReader({ text: source, at: 0, syntax });
  const value = reader.value();
  reader.skipBlank();
  return reader.at === source.length ? value : undefined;
}
