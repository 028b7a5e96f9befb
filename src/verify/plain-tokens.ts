// A comment or a string without an end goes on to the end of the text or line: no text is read twice.
const token =
  /\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)|<!--(?:[\s\S]*?-->|[\s\S]*)|"(?:\\[^\n]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'?|[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\p{L}\p{N}._]*|[^\s]/gsu;
const comment = /^(?:\/\/|\/\*|<!--)/;

/**
 * The words, numbers, strings and signs of a text in a language without a grammar, with the comments of
 * the C family and of HTML left out and one kind of quotes. Names of locals stay as they are.
 */
export function plainTokens(text: string): readonly string[] {
  const found = text.match(token) ?? [];
  return found.filter((part) => !comment.test(part)).map(plainQuotes);
}

function plainQuotes(part: string): string {
  if (!/^(["']).*\1$/s.test(part)) return part;
  return `"${part.slice(1, -1).replace(/\\(["'])/g, '$1')}"`;
}
