/** The canonical name of a language, and every other way in which answers write it. */
const languages: Readonly<Record<string, { aliases: string; extensions: string }>> = {
  python: { aliases: 'py python2 python3 py3 pycon ipython python-3', extensions: 'py pyw pyi' },
  javascript: { aliases: 'js node nodejs mjs cjs ecmascript', extensions: 'js mjs cjs' },
  typescript: { aliases: 'ts mts cts', extensions: 'ts mts cts' },
  tsx: { aliases: 'typescriptreact', extensions: 'tsx' },
  jsx: { aliases: 'javascriptreact react', extensions: 'jsx' },
  bash: { aliases: 'sh shell zsh ksh fish shellscript', extensions: 'sh bash zsh' },
  console: { aliases: 'shell-session shellsession terminal cmd', extensions: '' },
  powershell: { aliases: 'ps ps1 pwsh', extensions: 'ps1 psm1' },
  html: { aliases: 'htm xhtml angular-html', extensions: 'html htm' },
  css: { aliases: '', extensions: 'css' },
  scss: { aliases: 'sass', extensions: 'scss sass' },
  less: { aliases: '', extensions: 'less' },
  sql: { aliases: 'mysql postgres postgresql psql plpgsql sqlite tsql', extensions: 'sql' },
  go: { aliases: 'golang', extensions: 'go' },
  rust: { aliases: 'rs', extensions: 'rs' },
  java: { aliases: '', extensions: 'java' },
  kotlin: { aliases: 'kt kts', extensions: 'kt kts' },
  scala: { aliases: '', extensions: 'scala' },
  swift: { aliases: '', extensions: 'swift' },
  dart: { aliases: '', extensions: 'dart' },
  c: { aliases: 'h', extensions: 'c h' },
  cpp: { aliases: 'c++ cc cxx hpp', extensions: 'cpp cc cxx hpp hh' },
  csharp: { aliases: 'c# cs dotnet', extensions: 'cs' },
  ruby: { aliases: 'rb', extensions: 'rb' },
  php: { aliases: '', extensions: 'php' },
  perl: { aliases: 'pl', extensions: 'pl pm' },
  lua: { aliases: '', extensions: 'lua' },
  r: { aliases: 'rlang', extensions: 'r' },
  haskell: { aliases: 'hs', extensions: 'hs' },
  elixir: { aliases: 'ex exs', extensions: 'ex exs' },
  json: { aliases: 'jsonc json5', extensions: 'json jsonc json5' },
  yaml: { aliases: 'yml', extensions: 'yaml yml' },
  toml: { aliases: '', extensions: 'toml' },
  ini: { aliases: 'conf cfg properties dotenv env', extensions: 'ini cfg conf env properties' },
  xml: { aliases: 'svg', extensions: 'xml svg' },
  vue: { aliases: '', extensions: 'vue' },
  svelte: { aliases: '', extensions: 'svelte' },
  graphql: { aliases: 'gql', extensions: 'graphql gql' },
  hcl: { aliases: 'terraform tf', extensions: 'tf hcl tfvars' },
  dockerfile: { aliases: 'docker', extensions: 'dockerfile' },
  makefile: { aliases: 'make', extensions: 'mk' },
  gitignore: { aliases: 'dockerignore', extensions: 'gitignore dockerignore' },
  diff: { aliases: 'patch', extensions: 'diff patch' },
  markdown: { aliases: 'md mdx', extensions: 'md mdx' },
  mermaid: { aliases: '', extensions: 'mmd' },
  text: { aliases: 'txt plaintext plain none output out log ascii stdout', extensions: 'txt log' },
};

const wholeNames: Readonly<Record<string, string>> = {
  dockerfile: 'dockerfile',
  makefile: 'makefile',
  gemfile: 'ruby',
  rakefile: 'ruby',
  '.gitignore': 'gitignore',
  '.dockerignore': 'gitignore',
  '.env': 'ini',
  '.eslintrc': 'json',
  '.prettierrc': 'json',
  '.babelrc': 'json',
};

const byAlias = new Map<string, string>();
const byExtension = new Map<string, string>();
for (const [name, { aliases, extensions }] of Object.entries(languages)) {
  for (const alias of [name, ...words(aliases)]) byAlias.set(alias, name);
  for (const extension of words(extensions)) byExtension.set(extension, name);
}

/** Gives the canonical name for a language as an answer writes it; null when it is not known. */
export function canonicalLanguage(written: string): string | null {
  return byAlias.get(written.toLowerCase()) ?? null;
}

/** Tells the language from a file's name; null when the name does not show one. */
export function languageOfPath(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const whole = wholeNames[name] ?? (name.startsWith('.env.') ? 'ini' : undefined);
  if (whole !== undefined) return whole;
  return byExtension.get(name.slice(name.lastIndexOf('.') + 1)) ?? null;
}

const families: readonly (readonly string[])[] = [
  ['javascript', 'typescript', 'jsx', 'tsx'],
  ['c', 'cpp'],
  ['bash', 'console'],
  ['css', 'scss', 'less'],
];

/** Whether two languages can stand in one file or replace each other; an unknown one fits any. */
export function sameFamily(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one === other) return true;
  return families.some((family) => family.includes(one) && family.includes(other));
}

const supporting = new Set(
  'json yaml toml ini css scss less html xml sql gitignore dockerfile makefile markdown mermaid text hcl graphql bash console powershell'.split(
    ' ',
  ),
);

/** Whether a language holds a program, and not its data, styles, commands or set-up. */
export function isProgramLanguage(language: string | null): boolean {
  return language !== null && language !== 'diff' && !supporting.has(language);
}

function words(list: string): readonly string[] {
  return list === '' ? [] : list.split(' ');
}
