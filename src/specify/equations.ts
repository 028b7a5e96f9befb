import type { Expected } from '../domain/test-case.ts';
import { callOfEntry, type Example, type ExampleText } from './example.ts';
import { LiteralReader } from './literal-reader.ts';
import { readCall } from './read-call.ts';
import type { Read } from './string-literal.ts';

/** What may stand before a call that is the whole of what an example is about. */
const lineStart = /^(?:\s*(?:[>*•#|+]|-(?!\d)|\/\/|\d{1,2}[.)]|\([a-z\d]\)))*\s*["'`(]*$/;
const wrapper = /(?:^|[^\w.])(?:print|console\.log|assert|expect|await)\s*\(?\s*$/;
const prose = /[\w:,;.!?)"'’`”]\s+[("'`]?$|\w\($/;
/** Words after which a call is part of something larger. */
const operatorWord =
  /\b(?:not|if|elif|while|in|or|return|lambda|def|function|yield|new|class|len|sum|max|min|abs|sorted|list|str|int|round|set|tuple)\s*\(?$/;

/** What says that a value comes of a call, best first. */
const mark =
  /[ \t)`]{0,20};?[ \t]{0,20}(?:(?:(?:#|\/\/|--)\s*(?:(?:[=-]+>|→|➞|==?)\s*|(?:returns?|outputs?|prints?|logs?|expected|results?)\b\s*:?\s*|))|[=-]{1,3}>|→|➞|⇒|⟶|➜|↦|===?|(=)|(?:(?:it|this|which|that)\s+)?(?:should\s+|must\s+|will\s+|would\s+)?(?:returns?|gives?|yields?|outputs?|evaluates\s+to|equals?|results?\s+in)\b|(?:is|should\s+(?:be|equal)|must\s+be)(?:\s+equal\s+to)?\b)\s*:?\s*(?:(?:the\s+)?(?:string|list|array|tuple|integer|number|value|boolean|dictionary|object|empty\s+string)\s+)?`*/iy;
const raise =
  /[ \t)`]{0,20}(?:(?:[=-]{1,3}>|→|➞|#|\/\/)\s*)?(?:should\s+|must\s+|will\s+)?(?:raises?|throws?)\s+(?:an?\s+)?[`"']?([A-Z]\w*(?:Error|Exception)|(?:error|exception)\b)/iy;
/** What may follow the value. */
const tail =
  /^[`)]*[ \t]*(?:$|\n|[.,;:!](?:\s|$)|#|\/\/|--|\(|\||"""|'''|→|-{1,2}>|\\n|(?:because|since|as|and|while|but|whereas|for\s+example)\b)/i;

/** How much of the line before a call is looked at. */
const nearMaxLength = 80;

/** Finds `f(x) == y`, `f(x) -> y`, `f(x) returns y`, `console.log(f(x)) // y` and their like. */
export function equations(source: ExampleText): readonly Example[] {
  const { text, entry } = source;
  const name = entry.name.slice(entry.name.lastIndexOf('.') + 1);
  const found: Example[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (!/^[ \t]?\(/.test(text.slice(at + name.length, at + name.length + 2))) continue;
    const start = startOfCall(text, at);
    if (start === undefined) continue;
    const example = equationAt(source, start);
    if (example !== undefined) found.push(example);
  }
  return found;
}

/** Where the call begins whose function's name stands at a place; undefined when it is part of something else. */
function startOfCall(text: string, at: number): number | undefined {
  const near = text.slice(Math.max(at - nearMaxLength, 0), at);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  const owner = /(?:^|[^\w.$])([A-Za-z_$][\w$]*(?:\(\))?\.)$/.exec(before)?.[1] ?? '';
  const free = before.slice(0, before.length - owner.length);
  if (operatorWord.test(free) || /[\w.$]$/.test(free)) return undefined;
  const isFree = lineStart.test(free) || wrapper.test(free) || prose.test(free);
  return isFree ? at - owner.length : undefined;
}

function equationAt(source: ExampleText, start: number): Example | undefined {
  const { text, syntax, entry } = source;
  const read = readCall({ text, at: start, syntax });
  const call = read && callOfEntry(read.value, entry);
  if (read === undefined || call === undefined) return undefined;
  const raised = raisedAt(text, read.end);
  if (raised !== undefined) return { call, expected: raised, at: start, isWeak: false };
  const marked = matchAt(mark, text, read.end);
  if (marked === undefined || marked.text.includes('\n')) return undefined;
  const expected = expectedAt(source, marked.end);
  if (expected === undefined) return undefined;
  return { call, expected: expected.value, at: start, isWeak: marked.groups[0] !== undefined };
}

/** The value that stands at a place of a text and is not part of something larger. */
export function expectedAt(
  { text, syntax }: Pick<ExampleText, 'text' | 'syntax'>,
  at: number,
  follows: RegExp = tail,
): Read<Expected> | undefined {
  const reader = new LiteralReader({ text, at, syntax });
  const value = reader.value();
  if (value === undefined) return undefined;
  const rest = text.slice(reader.at, reader.at + 60);
  return follows.test(rest) ? { value: { kind: 'value', value }, end: reader.at } : undefined;
}

function raisedAt(text: string, at: number): Expected | undefined {
  const match = matchAt(raise, text, at);
  const name = match?.groups[0];
  if (name === undefined || match?.text.includes('\n')) return undefined;
  return { kind: 'raised', error: /^(?:error|exception)$/i.test(name) ? null : name };
}

interface Match {
  readonly text: string;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/** What a sticky pattern matches at a place. */
export function matchAt(pattern: RegExp, text: string, at: number): Match | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [whole, ...groups] = match;
  return { text: whole, end: at + whole.length, groups };
}
