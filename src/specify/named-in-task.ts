import type { Syntax } from '../domain/syntax-of.ts';
import { type Definition, definitionsOf, parametersAt } from './definitions.ts';

/** What a task calls the thing that it wants. */
export interface NamedEntry {
  readonly kind: 'function' | 'class';
  readonly name: string;
  /** Undefined where the task names it without its parameters. */
  readonly definition: Definition | undefined;
}

/** Ways in which tasks name a function, the surest first; a parenthesis at the end begins its parameters. */
const phrases: readonly RegExp[] = [
  /\b(?:function|method)s?\s+(?:(?:is\s+)?(?:called|named)|with\s+(?:the\s+)?name|name\s*:)\s*[`'"*]*([A-Za-z_$][\w$]*)[`'"*]*\s*(\()?/i,
  /\b(?:function|method|def|func)\s*:?\s+[`'"*]*([A-Za-z_$][\w$]*)\s*(\()/i,
  /\b(?:function|method)\s+[`*]+([A-Za-z_$][\w$]*)[`*]+\s*()/i,
  /^[ \t]*(?:assert|>>>)[ \t]+(?:(?:not|set|sorted|list|tuple|round|abs|len|str|int|math\.isclose|print)\b[ \t(]*)*([A-Za-z_]\w*)\s*(\()/m,
  /[`]([A-Za-z_$][\w$]*)\s*(\()[^`\n]{0,200}\)[^`\n]{0,80}[`]/,
  /[`]([A-Za-z_$][\w$]*)[`]\s+(?:function|method)\b()/,
  /\b(?:write|implement|create|define|complete|provide)\s+[`'"*]*([A-Za-z_$][\w$]*)\s*(\()/i,
];
const classPhrase =
  /\bclass\s+(?:(?:called|named)\s+)?[`'"*]*([A-Z][\w$]*)\b|[`]([A-Z][\w$]*)[`]\s+class\b/;

/** Words that come after "function" in a sentence without being its name. */
const plainWords: ReadonlySet<string> = new Set(
  'that which to for with in of and or is takes should must will the a an this as from using called named main print returns return'.split(
    ' ',
  ),
);

/** Tells what function or class a task names; undefined when it names none. */
export function namedInTask(text: string, syntax: Syntax): NamedEntry | undefined {
  const defined = definitionInTask(text, syntax);
  if (defined !== undefined) return defined;
  for (const phrase of phrases) {
    const spoken = spokenName(text, phrase, syntax);
    if (spoken !== undefined) return spoken;
  }
  const named = classPhrase.exec(text);
  const className = named?.[1] ?? named?.[2];
  return className === undefined
    ? undefined
    : { kind: 'class', name: className, definition: undefined };
}

function spokenName(text: string, phrase: RegExp, syntax: Syntax): NamedEntry | undefined {
  for (const match of text.matchAll(new RegExp(phrase, `${phrase.flags}g`))) {
    const [whole, name = '', open] = match;
    if (plainWords.has(name.toLowerCase())) continue;
    const at = match.index + whole.lastIndexOf('(');
    const parameters = open === '(' ? plainParameters({ source: text, at, syntax }) : undefined;
    return { kind: 'function', name, definition: parameters && { name, ...parameters } };
  }
  return undefined;
}

/** The last definition in the text: helpers that a task gives stand before what it asks for. */
function definitionInTask(text: string, syntax: Syntax): NamedEntry | undefined {
  const definitions = definitionsOf(text, syntax);
  const last = definitions.at(-1);
  if (last === undefined) return undefined;
  const [owner, method] = last.name.split('.');
  if (owner === undefined || method === undefined) {
    return { kind: 'function', name: last.name, definition: last };
  }
  const siblings = definitions.filter(({ name }) => name.startsWith(`${owner}.`));
  if (siblings.length > 1) return { kind: 'class', name: owner, definition: undefined };
  return owner === 'Solution'
    ? { kind: 'function', name: last.name, definition: last }
    : { kind: 'class', name: owner, definition: undefined };
}

/** The parameters in parentheses; undefined where values or prose stand in them, as in `f(1, 2)`. */
function plainParameters(place: {
  readonly source: string;
  readonly at: number;
  readonly syntax: Syntax;
}): Omit<Definition, 'name'> | undefined {
  const read = parametersAt(place);
  const isPlain = read?.parameters.every(({ name }) => /^[A-Za-z_$][\w$]*$/.test(name));
  return isPlain === true ? read : undefined;
}
