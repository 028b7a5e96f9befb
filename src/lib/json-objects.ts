/** Characters that one reply may cost to scan, so that no reply full of braces holds the run up. */
const scanMaxCharacters = 10_000_000;

/**
 * Finds the JSON objects that stand in a text, in order, whatever is written around them. An object
 * inside another one is not listed; braces that are no JSON are passed over.
 */
export function jsonObjects(text: string): readonly unknown[] {
  const found: unknown[] = [];
  let scanned = 0;
  let start = text.indexOf('{');
  while (start !== -1 && scanned < scanMaxCharacters) {
    const end = endOfObject(text, start);
    scanned += (end ?? text.length) - start;
    const object = end === undefined ? undefined : parsed(text.slice(start, end));
    if (object !== undefined) found.push(object);
    start = text.indexOf('{', object === undefined ? start + 1 : end);
  }
  return found;
}

/** The position after the brace that closes the one at `start`; undefined when none does. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = closingQuote(text, at);
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

function closingQuote(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
