import type { Value } from '../domain/value.ts';
import { expectedAt, matchAt } from './equations.ts';
import { type Example, type ExampleText, type FunctionEntry, takesCount } from './example.ts';
import { inputOutputPairs, labelledSections, type Section } from './labelled-sections.ts';
import { LiteralReader } from './literal-reader.ts';

/** An argument as an example gives it. */
export interface GivenArgument {
  readonly name: string | undefined;
  readonly value: Value;
}

/** Finds blocks of `Input: nums = [2, 7], target = 9` and `Output: [0, 1]`. */
export function inputOutputExamples(source: ExampleText): readonly Example[] {
  return inputOutputPairs(labelledSections(source.text)).flatMap(({ input, output }) => {
    const given = readArguments({ ...source, text: contentOf(input) });
    const call = given && callWith(given, source.entry);
    const expected = expectedAt({ ...source, text: contentOf(output) }, 0, outputEnd)?.value;
    if (call === undefined || expected === undefined) return [];
    return [{ call, expected, at: input.at, isWeak: false }];
  });
}

/** What may follow an output: nothing, or a remark. A comma may begin a condition. */
const outputEnd = /^[`]*[ \t]*(?:$|\n|#|\/\/|--|\(|<|[.;]\s*(?:$|\n))/;

function contentOf({ lines }: Section): string {
  return lines
    .filter((line) => !/^\s*```/.test(line))
    .join('\n')
    .trim()
    .replace(/^`+|`+$/g, '');
}

const argumentName = /\s*([A-Za-z_]\w*)\s*(?:=(?!=)|:)\s*/y;
const comma = /\s*(?:,|;|\n|\band\b)\s*/y;

/** Reads `a = 1, b = 2` or `1, 2` to the end of its line; undefined when anything else stands there. */
export function readArguments({
  text,
  syntax,
}: Pick<ExampleText, 'text' | 'syntax'>): readonly GivenArgument[] | undefined {
  const given: GivenArgument[] = [];
  let at = 0;
  for (;;) {
    const named = matchAt(argumentName, text, at);
    const reader = new LiteralReader({ text, at: named?.end ?? at, syntax });
    const value = reader.value();
    if (value === undefined) return undefined;
    given.push({ name: named?.groups[0], value });
    const rest = text.slice(reader.at);
    if (/^[ \t]*(?:$|#|\/\/|\.\s*$|\n\s*\n)/.test(rest)) return given;
    const next = matchAt(comma, text, reader.at);
    if (next === undefined) return undefined;
    at = next.end;
  }
}

/**
 * A call of the entry with arguments as an example gives them: by their names where it has all of these,
 * else in order. Undefined when the names or their number do not fit, or only some have a name.
 */
export function callWith(
  given: readonly GivenArgument[],
  entry: FunctionEntry,
): Example['call'] | undefined {
  if (!takesCount(entry, given.length)) return undefined;
  const names = given.map(({ name }) => name);
  const isNamed = names.every((name) => name !== undefined);
  if (!isNamed && names.some((name) => name !== undefined)) return undefined;
  const ordered = isNamed ? inOrder(given, entry) : given;
  if (ordered === undefined) return undefined;
  return { kind: 'call', name: entry.name, args: ordered.map(({ value }) => value) };
}

function inOrder(
  given: readonly GivenArgument[],
  { parameters }: FunctionEntry,
): readonly GivenArgument[] | undefined {
  const wanted = parameters.slice(0, given.length).map(({ name }) => plain(name));
  const byName = new Map(given.map((argument) => [plain(argument.name ?? ''), argument]));
  const ordered = wanted.flatMap((name) => byName.get(name) ?? []);
  if (ordered.length === given.length) return ordered;
  // Answers choose names of their own; the order of the task is then all there is.
  return ordered.length === 0 || wanted.length === 0 ? given : undefined;
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
