import type { CodeFile } from '../domain/candidate.ts';

const extensions: Readonly<Record<string, string>> = {
  bash: 'sh',
  shell: 'sh',
  zsh: 'sh',
  powershell: 'ps1',
  python: 'py',
  javascript: 'js',
  jsx: 'jsx',
  typescript: 'ts',
  tsx: 'tsx',
  ruby: 'rb',
  rust: 'rs',
  go: 'go',
  java: 'java',
  kotlin: 'kt',
  scala: 'scala',
  swift: 'swift',
  c: 'c',
  cpp: 'cpp',
  'c++': 'cpp',
  csharp: 'cs',
  'c#': 'cs',
  php: 'php',
  perl: 'pl',
  lua: 'lua',
  r: 'r',
  elixir: 'ex',
  haskell: 'hs',
  sql: 'sql',
  html: 'html',
  css: 'css',
  scss: 'scss',
  json: 'json',
  yaml: 'yaml',
  toml: 'toml',
  xml: 'xml',
  markdown: 'md',
  diff: 'diff',
  terraform: 'tf',
  graphql: 'graphql',
  vue: 'vue',
  svelte: 'svelte',
};

/** Languages whose only file has one name everywhere. */
const fixedNames: Readonly<Record<string, string>> = {
  dockerfile: 'Dockerfile',
  docker: 'Dockerfile',
  makefile: 'Makefile',
  make: 'Makefile',
};

/** Names each file of an answer: as the answer does, or after its language (`answer.py`), no name twice. */
export function fileNames(files: readonly CodeFile[]): readonly string[] {
  const taken = new Set(files.flatMap(({ path }) => (path === null ? [] : [path])));
  return files.map(({ path, language }) => {
    if (path !== null) return path;
    const name = freeName(nameFor(language), taken);
    taken.add(name);
    return name;
  });
}

function nameFor(language: string | null): string {
  const key = language?.toLowerCase() ?? '';
  return fixedNames[key] ?? `answer.${extensions[key] ?? 'txt'}`;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${stem}-${count}${extension}`;
  return free;
}
