import { expectedAt, matchAt } from './equations.ts';
import type { Example, ExampleText } from './example.ts';
import { callWith, type GivenArgument } from './input-output-examples.ts';
import { LiteralReader } from './literal-reader.ts';

const opening =
  /\b(?:for|if|when|given|with|input)\s+(?:the\s+input\s+)?(?=`?[A-Za-z_]\w*`?\s*=)/gi;
const argument = /\s*`?([A-Za-z_]\w*)`?\s*=(?!=)\s*`?/y;
const join = /`?\s*(?:,\s*(?:and\s+)?|and\s+)(?=`?[A-Za-z_]\w*`?\s*=)/y;
const verdict =
  /(?:(?:output|result|answer|return\s+value|function)\s+(?:(?:should|must|will|would)\s+)?(?:be|is|return)s?|(?:should|must|will|would)\s+return|returns?)\s*:?\s*`?(?=[-+\d"'`([{.TFNtfnu])/gi;

/** How far from the inputs the outcome may stand. */
const verdictMaxDistance = 300;

/** Finds sentences such as `For s = "ab", n = 2 the result should be "abab"`, one on a line. */
export function proseExamples(source: ExampleText): readonly Example[] {
  return [...source.text.matchAll(opening)].flatMap((match) => {
    const example = exampleAt(source, match.index + match[0].length);
    return example === undefined ? [] : [{ ...example, at: match.index }];
  });
}

function exampleAt(source: ExampleText, start: number): Omit<Example, 'at'> | undefined {
  const { text, syntax, entry } = source;
  const given: GivenArgument[] = [];
  let at = start;
  for (;;) {
    const named = matchAt(argument, text, at);
    if (named === undefined) return undefined;
    const reader = new LiteralReader({ text, at: named.end, syntax });
    const value = reader.value();
    if (value === undefined) return undefined;
    given.push({ name: named.groups[0], value });
    at = reader.at;
    const next = matchAt(join, text, at);
    if (next === undefined) break;
    at = next.end;
  }
  const known = new Set(entry.parameters.map(({ name }) => name));
  if (!given.every(({ name }) => name !== undefined && known.has(name))) return undefined;
  const call = callWith(given, entry);
  const expected = verdictAfter(source, at);
  return call && expected && { call, expected, isWeak: false };
}

/** The value after the one verdict on the rest of the line; undefined when there are two that differ. */
function verdictAfter(source: ExampleText, at: number): Example['expected'] | undefined {
  const [line = ''] = source.text.slice(at, at + verdictMaxDistance).split('\n', 1);
  const [found, ...more] = [...line.matchAll(verdict)];
  if (found === undefined || more.length > 0) return undefined;
  return expectedAt({ ...source, text: line }, found.index + found[0].length)?.value;
}
