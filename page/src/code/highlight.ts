import type { LanguageFn } from 'highlight.js';

/** A piece of code, and what kind of thing it is; null for what has no kind. */
export interface Token {
  readonly kind: string | null;
  readonly text: string;
}

/** More is shown without colours: nobody reads it word for word, and colouring would hold the page up. */
export const highlightMaxLength = 200_000;

type Load = () => Promise<{ readonly default: LanguageFn }>;

const python: Load = () => import('highlight.js/lib/languages/python');
const typescript: Load = () => import('highlight.js/lib/languages/typescript');
const markup: Load = () => import('highlight.js/lib/languages/xml');
const shell: Load = () => import('highlight.js/lib/languages/bash');

/** The languages that are coloured, each loaded when it is first needed. */
const languages: Readonly<Record<string, Load>> = {
  python,
  typescript,
  tsx: typescript,
  javascript: typescript,
  jsx: typescript,
  html: markup,
  xml: markup,
  vue: markup,
  bash: shell,
  sh: shell,
  shell,
  css: () => import('highlight.js/lib/languages/css'),
  go: () => import('highlight.js/lib/languages/go'),
  java: () => import('highlight.js/lib/languages/java'),
  json: () => import('highlight.js/lib/languages/json'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

/** Colours code; undefined for a language without colours here, and for what is too long. */
export async function highlight(
  text: string,
  language: string | null,
): Promise<readonly Token[] | undefined> {
  const load = language === null ? undefined : languages[language.toLowerCase()];
  if (!load || text.length > highlightMaxLength) return undefined;
  const [{ colour }, grammar] = await Promise.all([import('./colour.ts'), load()]);
  return colour(text, grammar.default);
}
