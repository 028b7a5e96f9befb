import { extname } from 'node:path';
import type { CodeFile } from '../../domain/candidate.ts';

/** The grammars that the package ships, and `json`, which needs none. */
export type Language =
  | 'bash'
  | 'c'
  | 'css'
  | 'go'
  | 'java'
  | 'javascript'
  | 'json'
  | 'php'
  | 'python'
  | 'ruby'
  | 'rust'
  | 'tsx'
  | 'typescript';

/** A language that a grammar describes. */
export type GrammarName = Exclude<Language, 'json'>;

/** What a file is written in: a language that can be checked, or the name that it goes by, or null for neither. */
export type LanguageFound =
  | { readonly status: 'known'; readonly language: Language }
  | { readonly status: 'unknown'; readonly name: string | null };

const languageByName: Readonly<Record<string, Language>> = {
  bash: 'bash',
  c: 'c',
  cjs: 'javascript',
  css: 'css',
  cts: 'typescript',
  go: 'go',
  golang: 'go',
  java: 'java',
  javascript: 'javascript',
  js: 'javascript',
  json: 'json',
  jsx: 'javascript',
  mjs: 'javascript',
  mts: 'typescript',
  node: 'javascript',
  php: 'php',
  py: 'python',
  python: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  ruby: 'ruby',
  rust: 'rust',
  sh: 'bash',
  shell: 'bash',
  ts: 'typescript',
  tsx: 'tsx',
  typescript: 'typescript',
};

/** Files that are read with comments in them, although their names end in `.json`. */
const commentedJson = /(?:^|\/)(?:[tj]sconfig[^/]*|\.vscode\/[^/]*|\.eslintrc|devcontainer)\.json$/;

/** Tells the language of a file from what the answer calls it, and from the ending of its name. */
export function languageOf(file: CodeFile): LanguageFound {
  const path = file.path ?? '';
  const ending = extname(path).slice(1).toLowerCase();
  const named = file.language?.trim().toLowerCase() ?? '';
  if (commentedJson.test(path)) return { status: 'unknown', name: 'jsonc' };
  // "typescript" and "javascript" are also said of files with markup in them; the ending knows better.
  if (ending === 'tsx') return { status: 'known', language: 'tsx' };
  const language = languageByName[named] ?? languageByName[ending];
  if (language !== undefined && (named in languageByName || named === '')) {
    return { status: 'known', language };
  }
  return { status: 'unknown', name: named || ending || null };
}
