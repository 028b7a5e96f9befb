/** The languages whose literals can be read and written; TypeScript counts as JavaScript. */
export type Syntax = 'python' | 'javascript';

const scripts: ReadonlySet<string> = new Set(['javascript', 'typescript', 'jsx', 'tsx']);

/** Tells whose literals a language has; undefined for one that cannot be read. */
export function syntaxOf(language: string | null): Syntax | undefined {
  if (language === 'python') return 'python';
  return language !== null && scripts.has(language) ? 'javascript' : undefined;
}
