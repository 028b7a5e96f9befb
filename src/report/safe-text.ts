/**
 * Makes a text of unknown origin harmless on a terminal: control characters and those that reorder
 * what is read become visible (`^[` for escape, `<U+202E>`); line ends and tabs stay.
 */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, visible);
}

/** Makes a text harmless as `safeText` does, and one line: line ends and tabs become spaces. */
export function safeLine(text: string): string {
  return safeText(text.replaceAll(/[^\S ]+/g, ' '));
}

function visible(character: string): string {
  if (character === '\n' || character === '\t') return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return `^${String.fromCodePoint(code + 0x40)}`;
  if (code === 0x7f) return '^?';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
