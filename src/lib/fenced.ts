/** Puts a text between fences that no line of it can close, so that Markdown shows it as it is. */
export function fenced(text: string, language: string | null): string {
  const runs = (text.match(/`{3,}/g) ?? []).map((run) => run.length);
  const longest = runs.reduce((most, length) => Math.max(most, length), 2);
  const fence = '`'.repeat(longest + 1);
  const info = (language ?? '').replaceAll(/[^\w+#.-]/g, '');
  return `${fence}${info}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}
