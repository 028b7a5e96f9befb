/** The most characters of a runner's text that a message repeats. */
const excerptMaxLength = 300;

/** Cuts untrusted text to one line without control characters. */
export function excerpt(text: unknown): string {
  const line = String(text ?? '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
    .replace(/\u001b\[[0-9;]*m/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line.length > excerptMaxLength ? `${line.slice(0, excerptMaxLength)}...` : line;
}
