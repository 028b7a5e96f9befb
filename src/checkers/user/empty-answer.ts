import { extname } from 'node:path/posix';
import type { SourceFile } from '../../domain/task.ts';
import type { WantedModule } from './imports-of.ts';

// Two controls of a test, after mutation testing: what a test says of an answer counts only if the same test
// fails for an answer that does nothing. The first is made of the tests alone. The second is the answer itself,
// with its top level as it is and what the tests import of it emptied: an answer that passes even so has bent
// its judge, for nothing of what it computes was there to be judged.

/** Makes the files of an answer that has every name that the tests import, and does nothing. */
export function emptyAnswer(wanted: readonly WantedModule[]): readonly SourceFile[] {
  return wanted.flatMap(({ paths, names }) => {
    const [path] = paths;
    if (path === undefined) return [];
    return [{ path, text: path.endsWith('.py') ? emptyPython : emptyScript(path, names) }];
  });
}

/**
 * Empties what the tests import of an answer, and leaves what it does when it is loaded. Undefined when that
 * cannot be done to its language, or nothing of it is imported.
 */
export function emptied(
  files: readonly SourceFile[],
  wanted: readonly WantedModule[],
): readonly SourceFile[] | undefined {
  let count = 0;
  const changed = files.map((file) => {
    const module = wanted.find(({ paths }) => paths.includes(file.path));
    const text = module && emptiedText(file, module.names);
    if (text === undefined) return file;
    count += 1;
    return { path: file.path, text };
  });
  return count === 0 ? undefined : changed;
}

function emptiedText(file: SourceFile, names: readonly string[] | null): string | undefined {
  const ending = extname(file.path);
  if (ending === '.py') return emptiedPython(file.text, names);
  return /^\.[cm]?[jt]sx?$/.test(ending) ? emptiedScript(file.text, names) : undefined;
}

// It can be called, raised, caught, subclassed and asked for any attribute, and gives nothing.
const pythonNothing = `class Nothing(Exception):
    def __new__(cls, *args, **named):
        return None
`;

const emptyPython = `${pythonNothing}

def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return Nothing
`;

function emptiedPython(text: string, names: readonly string[] | null): string {
  const chosen =
    names === null
      ? "[name for name, value in globals().items() if not name.startswith('_') and type(value).__name__ != 'module']"
      : JSON.stringify(names);
  return `${text}

${pythonNothing}

def _empty(names, place):
    for name in names:
        place[name] = Nothing

_empty(${chosen}, globals())
`;
}

const scriptNothing = 'function nothing() {}';

function emptyScript(path: string, names: readonly string[] | null): string {
  const listed = names ?? [];
  if (/\.cjs$/.test(path))
    return `${scriptNothing}\nmodule.exports = new Proxy(nothing, { get: () => nothing });\n`;
  const named = listed.filter((name) => name !== 'default');
  return [
    scriptNothing,
    ...named.map((name) => `export { nothing as ${name} };`),
    'export default nothing;',
    '',
  ].join('\n');
}

function emptiedScript(text: string, names: readonly string[] | null): string | undefined {
  if (!/^\s*export\b/m.test(text)) return emptiedCommonScript(text, names);
  const locals = exportedLocals(text);
  const chosen = names ?? [...locals.keys()];
  const targets = chosen.flatMap((name) => locals.get(name) ?? []);
  if (targets.length < chosen.length || targets.length === 0) return undefined;
  // What is declared by "const" cannot be emptied; "as const" is a type.
  const open = text.replace(/(?<!\bas\s+)\bconst(?=\s+[\w${[])/g, 'let');
  return `${open}\n;${scriptNothing}\n${targets.map((name) => `${name} = nothing;`).join('\n')}\n`;
}

/** The names of a module's exports, with the names that the module itself has for them. */
function exportedLocals(text: string): ReadonlyMap<string, string> {
  const locals = new Map<string, string>();
  const declared =
    /\bexport\s+(?<isDefault>default\s+)?(?:async\s+)?(?:abstract\s+)?(?:function\s*\*?|class|const|let|var)\s+(?<name>[\w$]+)/g;
  for (const { groups } of text.matchAll(declared)) {
    const name = groups?.['name'] ?? '';
    locals.set(groups?.['isDefault'] === undefined ? name : 'default', name);
  }
  for (const { groups } of text.matchAll(/\bexport\s*\{(?<list>[^}]*)\}(?!\s*from)/g)) {
    for (const part of (groups?.['list'] ?? '').split(',')) {
      const [local = '', exported = local] = part.trim().split(/\s+as\s+/);
      if (/^[\w$]+$/.test(local)) locals.set(exported, local);
    }
  }
  return locals;
}

function emptiedCommonScript(text: string, names: readonly string[] | null): string | undefined {
  if (!/\bexports\b/.test(text)) return undefined;
  const whole = 'module.exports = new Proxy(nothing, { get: () => nothing });';
  const each = (names ?? []).map((name) => `module.exports[${JSON.stringify(name)}] = nothing;`);
  return `${text}\n;${scriptNothing}\n${each.length === 0 ? whole : each.join('\n')}\n`;
}
