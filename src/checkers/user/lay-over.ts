import { extname, normalize } from 'node:path/posix';
import type { CodeFile } from '../../domain/candidate.ts';
import type { SourceFile } from '../../domain/task.ts';
import type { WantedModule } from './imports-of.ts';

/** What is in the copy before an answer is laid over it. */
export interface Ground {
  /** The tests files, which no answer may replace. */
  readonly tests: ReadonlySet<string>;
  /** What the tests import: what the project does not have, or, where it has all, everything. */
  readonly wanted: readonly WantedModule[];
  /** Tells whether the person's project has a file of this path. */
  readonly has: (path: string) => boolean;
}

/** A file of an answer that is left out of the copy. */
export interface Refusal {
  readonly path: string;
  readonly because: string;
}

/** The files of an answer by where they go. */
export interface LaidOver {
  readonly files: readonly SourceFile[];
  readonly refused: readonly Refusal[];
}

/**
 * Tells where the files of an answer go in the copy, and which are left out: those that lead out of it, that
 * would replace a tests file, or that say how tests are run, so that no answer chooses its own judge.
 */
export function layOver(answer: readonly CodeFile[], ground: Ground): LaidOver {
  const files = new Map<string, string>();
  const refused: Refusal[] = [];
  for (const file of named(answer, ground)) {
    const path = normalize(file.path);
    const because = refusalOf(path, ground);
    if (because !== undefined) refused.push({ path: file.path, because });
    else if (!files.has(path)) files.set(path, file.text);
  }
  return { files: [...files].map(([path, text]) => ({ path, text })), refused };
}

/** Gives every file a path: its own, or what the tests import, or `solution` with the ending of its language. */
function named(answer: readonly CodeFile[], { wanted, has }: Ground): readonly SourceFile[] {
  const taken = new Set(answer.flatMap(({ path }) => (path === null ? [] : [normalize(path)])));
  const open = wanted.filter(({ paths }) => !paths.some((path) => taken.has(path)));
  const [only, ...others] = answer;
  if (only !== undefined && others.length === 0 && open.length === wanted.length) {
    const target = pathFor(only, open);
    // A single file that the tests do not know by its name is what they import, unless that is there.
    if (target !== undefined && (only.path === null || !has(target)))
      return [{ path: target, text: only.text }];
  }
  return answer.map((file) => {
    const free = open.filter(({ paths }) => !paths.some((each) => taken.has(each)));
    const path = file.path ?? pathFor(file, free) ?? freePath(endingOf(file), taken);
    taken.add(path);
    return { path, text: file.text };
  });
}

function pathFor(file: CodeFile, wanted: readonly WantedModule[]): string | undefined {
  const ending = endingOf(file);
  const paths = wanted.flatMap((module) => module.paths);
  return (
    paths.find((path) => extname(path) === ending) ??
    paths.find((path) => isSameFamily(extname(path), ending))
  );
}

const families = [
  ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'],
  ['.py', '.pyw'],
];

/** JavaScript is TypeScript; the other way round the tests say by an ending what they can load. */
function isSameFamily(wanted: string, ending: string): boolean {
  return families.some((family) => family.includes(wanted) && family.includes(ending));
}

const endings: Readonly<Record<string, string>> = {
  python: '.py',
  py: '.py',
  javascript: '.js',
  js: '.js',
  jsx: '.jsx',
  typescript: '.ts',
  ts: '.ts',
  tsx: '.tsx',
  go: '.go',
  golang: '.go',
  rust: '.rs',
  rs: '.rs',
  ruby: '.rb',
  java: '.java',
  bash: '.sh',
  sh: '.sh',
  c: '.c',
  cpp: '.cpp',
  'c++': '.cpp',
  php: '.php',
};

function endingOf({ path, language }: CodeFile): string {
  if (path !== null) return extname(path);
  return endings[language?.toLowerCase() ?? ''] ?? '.txt';
}

function freePath(ending: string, taken: ReadonlySet<string>): string {
  let path = `solution${ending}`;
  for (let count = 2; taken.has(path); count += 1) path = `solution-${count}${ending}`;
  return path;
}

function refusalOf(path: string, { tests, has }: Ground): string | undefined {
  if (!isInside(path)) return 'it leads out of the folder';
  const folded = path.toLowerCase();
  // A file system may not tell capitals apart, and then this is the same file.
  if ([...tests].some((test) => test.toLowerCase() === folded))
    return 'it would replace a tests file';
  if (judges.some((judge) => judge.test(path))) return 'it says how tests are run';
  if (manifests.test(path) && has(path))
    return 'the project has its own, which says how tests are run';
  return undefined;
}

function isInside(path: string): boolean {
  if (path === '.' || path === '' || path.endsWith('/')) return false;
  if (/^(?:\/|[a-z]:|~)/i.test(path) || /[\0\\]/.test(path)) return false;
  return !path
    .split('/')
    .some((part) => part === '..' || part === '.git' || part === 'node_modules');
}

/** Files that runners obey or load by themselves, and modules that would stand in for a runner's own. */
const judges: readonly RegExp[] = [
  /(?:^|\/)(?:conftest|sitecustomize|usercustomize)\.py$/,
  /(?:^|\/)(?:pytest\.ini|\.pytest\.ini|tox\.ini|setup\.cfg|noxfile\.py|[^/]+\.pth)$/,
  /^(?:unittest|pytest|_pytest|doctest|pluggy|inspect|importlib|traceback|json|os|sys|io|re)(?:\.py$|\/)/,
  /(?:^|\/)(?:vitest|vite|jest|mocha|ava|playwright)\.(?:config|setup|workspace)\.[cm]?[jt]sx?$/,
  /(?:^|\/)\.(?:mocharc|npmrc|nycrc|envrc|env)(?:\.\w+)?$/,
  /_test\.go$/,
  /(?:^|\/)\.cargo\//,
  /(?:^|\/)build\.rs$/,
];

const manifests =
  /(?:^|\/)(?:package\.json|pyproject\.toml|Cargo\.toml|go\.mod|go\.work|Makefile|makefile|tsconfig[^/]*\.json)$/;
