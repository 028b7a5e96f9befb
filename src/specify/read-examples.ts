import type { Entry } from '../domain/suite.ts';
import { syntaxOf } from '../domain/syntax-of.ts';
import type { TestCase } from '../domain/test-case.ts';
import { assertionsIn } from './assertions.ts';
import { doctests } from './doctests.ts';
import { equations } from './equations.ts';
import type { Example, ExampleText } from './example.ts';
import { exampleTables } from './example-tables.ts';
import { inputOutputExamples } from './input-output-examples.ts';
import { normaliseExamples } from './normalise-examples.ts';
import { proseExamples } from './prose-examples.ts';
import { samplePrograms } from './sample-programs.ts';
import { usages } from './usages.ts';

/** The most characters of a task in which examples are looked for, and the most of them that are kept. */
const taskMaxLength = 200_000;
const examplesMax = 60;

/**
 * Reads the examples that a task shows: doctests, `f(x) -> y`, assertions, tables, blocks of input and
 * output, samples of a program. What could be read in two ways is left out, since examples count most.
 */
export function readExamples(text: string, entry: Entry | null): readonly TestCase[] {
  if (entry === null) return [];
  const examples = normaliseExamples(examplesOf(text.slice(0, taskMaxLength), entry));
  return examples.slice(0, examplesMax).map(({ call, expected }, index) => ({
    id: `example-${index + 1}`,
    origin: 'example',
    author: null,
    call,
    expected,
  }));
}

function examplesOf(text: string, entry: Entry): readonly Example[] {
  if (entry.kind === 'program') return samplePrograms(text);
  const isPython = entry.language === 'python';
  const syntax = syntaxOf(entry.language);
  if (syntax === undefined) return [];
  if (entry.kind === 'class') {
    const sessions = isPython ? doctests({ text, entry: undefined, name: entry.name }) : [];
    return [...sessions, ...usages({ text, syntax, name: entry.name })];
  }
  const name = entry.name.slice(entry.name.lastIndexOf('.') + 1);
  const sessions = isPython ? doctests({ text, entry, name }) : [];
  // A session is read as a session only, or its prompts would be read once more as lines.
  const rest = isPython ? text.replaceAll(/^[ \t*#/|]*(?:>>>|\.\.\.).*$/gm, '') : text;
  const source: ExampleText = { text: rest, syntax, entry };
  const found = [
    ...sessions,
    ...withoutFormulas(equations(source), source),
    ...assertionsIn(source),
    ...inputOutputExamples(source),
    ...exampleTables(source),
    ...proseExamples(source),
  ];
  return found.length > 0 ? found : withoutFormulas(equations(withQuotes(source)), source);
}

/**
 * A definition by a formula looks like examples: `fib(0) = 0, fib(n) = fib(n-1) + fib(n-2)` in a task that
 * wants the list of the first numbers. Where there is one, only what stands below the last heading for
 * examples is kept.
 */
function withoutFormulas(
  found: readonly Example[],
  { text, entry }: ExampleText,
): readonly Example[] {
  const weak = found.filter(({ isWeak }) => isWeak);
  const isRecursive = isRecurrence(text, entry.name);
  if (!isRecursive && kindsOf(weak).size <= 1) return found;
  const headings = [...text.matchAll(/\bexamples?\b[^\n]{0,20}$/gim)];
  const last = headings.at(-1)?.index ?? text.length;
  const below = found.filter(({ at }) => at > last);
  if (kindsOf(below.filter(({ isWeak }) => isWeak)).size > 1) return [];
  return isRecursive ? below : found.filter((example) => !example.isWeak || example.at > last);
}

/** Whether a line says what a call with a variable comes to by another call. */
function isRecurrence(text: string, name: string): boolean {
  const own = `${name.slice(name.lastIndexOf('.') + 1).replaceAll('$', '\\$')}\\s*\\(`;
  const recurrence = new RegExp(
    `\\b${own}[^()\\n"']{0,40}[A-Za-z][^()\\n"']{0,40}\\)\\s*(?:[=-]+>|→|=+|is)[^\\n]{0,200}\\b${own}`,
  );
  return recurrence.test(text);
}

/** `is_happy(abc) => True` means the text `abc`, if the only parameter takes text. */
function withQuotes({ text, entry, syntax }: ExampleText): ExampleText {
  const [only, ...more] = entry.parameters;
  const name = entry.name.slice(entry.name.lastIndexOf('.') + 1);
  const isText = only?.type?.kind === 'string' && more.length === 0;
  if (!isText) return { text: '', entry, syntax };
  const bare = new RegExp(`\\b${name.replaceAll('$', '\\$')}\\(([A-Za-z]+)\\)`, 'g');
  const quoted = text.replaceAll(bare, (whole, word: string) =>
    word === only.name || /^(?:none|null|true|false|undefined|[ns])$/i.test(word)
      ? whole
      : `${name}("${word}")`,
  );
  return { text: quoted, entry, syntax };
}

function kindsOf(examples: readonly Example[]): ReadonlySet<string> {
  return new Set(examples.flatMap(({ expected }) => kindOf(expected) ?? []));
}

function kindOf(expected: Example['expected']): string | undefined {
  if (expected.kind !== 'value' || expected.value === null) return undefined;
  const { value } = expected;
  if (typeof value !== 'object') return typeof value;
  return 'int' in value || 'float' in value ? 'number' : Object.keys(value)[0];
}
