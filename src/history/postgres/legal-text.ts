/**
 * A text as PostgreSQL can hold it: for U+0000 and halves of surrogate pairs, which it refuses, U+FFFD. It is for
 * what is searched and listed; what must come back as it was is kept as JSON, in which they are escaped.
 */
export function legalText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
