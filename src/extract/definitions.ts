/** What a piece of code brings and needs, as far as its lines show without parsing its language. */
export interface Definitions {
  /** Functions, classes and types at the outermost level. */
  readonly callables: ReadonlySet<string>;
  /** Variables at the outermost level. */
  readonly values: ReadonlySet<string>;
  readonly imported: ReadonlySet<string>;
  /** The identifiers of the text that it does not define itself further in. */
  readonly used: ReadonlySet<string>;
}

const modifiers =
  /^(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|declare|pub(?:\(\w+\))?|unsafe|inline|sealed|override|data|open)\s+)*/;
const keyworded =
  /^(?:function\s*\*?|def|class|interface|type|enum|struct|trait|record|func|fn|fun|module|object|impl)\s+(?:\([^)]*\)\s*)?([A-Za-z_$][\w$]*)/;
const callableValue =
  /^(?:const|let|var|val)\s+([A-Za-z_$][\w$]*)[^=]*=\s*(?:async\b|function\b|\([^=]*=>|\([^=()]*$|[A-Za-z_$][\w$]*\s*=>|<\w|styled\b|(?:React\.)?(?:memo|forwardRef)\b|class\b|\($)/;
const value = /^(?:const|let|var|val)\s+([A-Za-z_$][\w$]*)/;
const assignment = /^([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=[^=>]/;
const pythonLambda = /^([A-Za-z_]\w*)\s*=\s*lambda\b/;
const cLike =
  /^(?:[A-Za-z_][\w:]*(?:<[^()<>]*>)?[*&\s[\]]+){1,4}([A-Za-z_]\w*)\s*\([^;{}]*\)\s*(?:const\s*)?\{?$/;
const createTable =
  /^create\s+(?:or\s+replace\s+)?(?:table|view|function|procedure)\s+(?:if not exists\s+)?(\w+)/i;
const maxLineChars = 400;

/** Reads what a piece of code defines and uses. */
export function definitionsOf(text: string): Definitions {
  const callables = new Set<string>();
  const values = new Set<string>();
  const imported = new Set<string>();
  for (const whole of dedent(text).split('\n')) {
    if (!/^[A-Za-z_$]/.test(whole)) continue;
    const line = whole.slice(0, maxLineChars).trimEnd();
    if (isImport(line)) for (const name of identifiers(line)) imported.add(name);
    else readLine(line, callables, values);
  }
  const used = new Set(identifiers(text)).difference(innerNames(text));
  return { callables, values, imported, used };
}

/** Names defined in an inner scope: they say nothing about what the text needs from elsewhere. */
function innerNames(text: string): ReadonlySet<string> {
  const inner =
    /^[ \t]+(?:(?:async |static |private |public )?(?:def|function|class|const|let|var) +)?([A-Za-z_$][\w$]*)[ \t]*(?:=[^=]|\()/gm;
  const names = new Set<string>();
  for (const [line, name = ''] of text.matchAll(inner)) {
    const isCall = line.endsWith('(') && !/\b(?:def|function)\b/.test(line);
    if (!isCall) names.add(name);
  }
  return names;
}

/** Removes the indentation that all lines share, and that of a first line set deeper than the second. */
export function dedent(text: string): string {
  const lines = text.split('\n');
  let shared = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (line.trim() !== '') shared = Math.min(shared, line.length - line.trimStart().length);
  }
  return Number.isFinite(shared) && shared > 0
    ? lines.map((line) => line.slice(shared)).join('\n')
    : text;
}

function readLine(line: string, callables: Set<string>, values: Set<string>): void {
  const bare = line.replace(modifiers, '');
  const callable =
    (keyworded.exec(bare) ?? callableValue.exec(bare) ?? pythonLambda.exec(bare))?.[1] ??
    createTable.exec(bare)?.[1] ??
    cLikeName(bare);
  if (callable !== undefined) callables.add(callable);
  const variable = (value.exec(bare) ?? assignment.exec(bare))?.[1];
  if (callable === undefined && variable !== undefined) values.add(variable);
}

const statements = /^(?:return|else|if|for|while|switch|new|await|throw|case|do|in|not|print)\b/;

function cLikeName(line: string): string | undefined {
  return statements.test(line) || line.includes('=') ? undefined : cLike.exec(line)?.[1];
}

function isImport(line: string): boolean {
  return (
    /^(?:import|from|using|use|require|include)\s/.test(line) || /^const .+ = require\(/.test(line)
  );
}

function identifiers(text: string): readonly string[] {
  return text.match(/[A-Za-z_$][\w$]*/g) ?? [];
}
