import { dirname, join } from 'node:path/posix';

/** Something that a tests file imports and that no installed package provides, so that the answer has to. */
export interface WantedModule {
  /** Paths that can provide it, below the folder of the check, the usual one first. */
  readonly paths: readonly string[];
  /** The names that are imported; null for the module as a whole. */
  readonly names: readonly string[] | null;
}

/** Lists what a tests file in JavaScript or TypeScript imports by relative paths. */
export function scriptImports(path: string, text: string): readonly WantedModule[] {
  const found = [...text.matchAll(scriptImport)].flatMap(({ groups }): readonly WantedModule[] => {
    const specifier = groups?.['from'] ?? groups?.['required'] ?? '';
    const clause = groups?.['clause'] ?? groups?.['unpacked'] ?? '';
    if (!/^\.\.?\//.test(specifier) || /^type\s+[^,]/.test(clause)) return [];
    const target = join(dirname(path), specifier);
    if (target.startsWith('..')) return [];
    return [
      { paths: scriptPaths(target), names: scriptNames(clause, groups?.['from'] === undefined) },
    ];
  });
  return merged(found);
}

const scriptImport =
  /\bimport\s+(?<clause>[\w$*{}\s,]+?)\s+from\s*["'](?<from>[^"'\n]+)["']|(?:\b(?:const|let|var)\s+(?<unpacked>\{[^}]*\}|[\w$]+)\s*=\s*(?:await\s+)?)?\b(?:require|import)\s*\(\s*["'](?<required>[^"'\n]+)["']\s*\)/g;

const scriptEndings = ['.ts', '.js', '.mts', '.mjs', '.tsx', '.jsx', '.cts', '.cjs'];

/** A name that ends in `.js` can stand for a file that ends in `.ts`; one without an ending for any. */
function scriptPaths(target: string): readonly string[] {
  const ending = scriptEndings.find((each) => target.endsWith(each));
  if (ending === undefined) return scriptEndings.map((each) => `${target}${each}`);
  if (!ending.includes('j')) return [target];
  return [target, `${target.slice(0, -ending.length)}${ending.replace('j', 't')}`];
}

function scriptNames(clause: string, isRequired: boolean): readonly string[] | null {
  if (clause.includes('*')) return null;
  const inside = /\{(?<list>[^}]*)\}/.exec(clause)?.groups?.['list'];
  const named = (inside ?? '')
    .split(',')
    .map((part) => part.trim().split(/\s+as\s+|\s*:\s*/)[0] ?? '')
    .filter((name) => /^[\w$]+$/.test(name) && name !== 'type');
  const before = clause.replace(/\{[^}]*\}/, '').replace(/[\s,]/g, '');
  if (inside === undefined && (before === '' || isRequired)) return null;
  return before === '' ? named : ['default', ...named];
}

/** Lists what a tests file in Python imports that is not among the known modules. */
export function pythonImports(
  path: string,
  text: string,
  known: ReadonlySet<string>,
): readonly WantedModule[] {
  const found = [...text.matchAll(pythonImport)].flatMap(({ groups }): readonly WantedModule[] => {
    const from = groups?.['from'];
    if (from !== undefined) return wantedOf(from, pythonNames(groups?.['names'] ?? ''));
    const plain = (groups?.['plain'] ?? '').split(',');
    return plain.flatMap((part) => wantedOf(part.trim().split(/\s/)[0] ?? '', null));
  });
  return merged(found);

  function wantedOf(module: string, names: readonly string[] | null): readonly WantedModule[] {
    const paths = pythonPaths(path, module, known);
    return paths.length === 0 ? [] : [{ paths, names }];
  }
}

const pythonImport =
  /^[ \t]*(?:from[ \t]+(?<from>\.*[\w.]*)[ \t]+import[ \t]+(?<names>\([^)]*\)|[^\n#;]+)|import[ \t]+(?<plain>[\w., \t]+))/gm;

function pythonNames(list: string): readonly string[] | null {
  if (list.includes('*')) return null;
  return list
    .replace(/[()]|#[^\n]*/g, '')
    .split(',')
    .map((part) => part.trim().split(/\s/)[0] ?? '')
    .filter((name) => /^\w+$/.test(name));
}

/** The paths that can provide a module; none for one that is known, and for one above the folder. */
function pythonPaths(path: string, module: string, known: ReadonlySet<string>): readonly string[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const parts = module
    .slice(dots)
    .split('.')
    .filter((part) => part !== '');
  const [first] = parts;
  if (first === undefined || (dots === 0 && known.has(first))) return [];
  const base = dots === 0 ? '' : join(dirname(path), ...Array<string>(dots - 1).fill('..'));
  const target = join(base, ...parts);
  if (target.startsWith('..')) return [];
  const beside = join(dirname(path), ...parts);
  return [...new Set([`${target}.py`, `${target}/__init__.py`, `${beside}.py`])];
}

/** One row for each module, with all names that are imported from it. */
function merged(found: readonly WantedModule[]): readonly WantedModule[] {
  const groups = Map.groupBy(found, ({ paths }) => paths[0] ?? '');
  return [...groups.values()].map((group) => ({
    paths: group[0]?.paths ?? [],
    names: group.some(({ names }) => names === null)
      ? null
      : [...new Set(group.flatMap(({ names }) => names ?? []))],
  }));
}
