/** Strings, and the marks that tell which of them are names. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/** The names that an open object has had; undefined for a list. */
type Names = Set<unknown> | undefined;

/** Whether an object in a JSON text, of which the value is given, has a name twice: a parser tells only the last. */
export function repeatsName(json: string, value: unknown): boolean {
  // What comes back as it was has lost no name: most vendors write JSON as this does, and it takes a tenth of the time.
  if (JSON.stringify(value) === json) return false;
  const open: Names[] = [];
  let before = '';
  for (const [token] of json.matchAll(tokens)) {
    const names = open.at(-1);
    const isName = names !== undefined && (before === '{' || before === ',');
    if (isName && token.startsWith('"') && !isNew(names, token)) return true;
    openOrClose(open, token);
    before = token;
  }
  return false;
}

function isNew(names: Set<unknown>, token: string): boolean {
  return names.size < names.add(JSON.parse(token)).size;
}

function openOrClose(open: Names[], token: string): void {
  if (token === '{') open.push(new Set());
  else if (token === '[') open.push(undefined);
  else if (token === '}' || token === ']') open.pop();
}
