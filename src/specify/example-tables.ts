import type { Example, ExampleText } from './example.ts';
import { callOfEntry } from './example.ts';
import { callWith, readArguments } from './input-output-examples.ts';
import { readCall } from './read-call.ts';
import { readLiteral } from './read-literal.ts';

const outcome =
  /^(?:expected|output|result|returns?|return value|expected (?:output|result|value)|answer)s?$/i;
const income = /^(?:inputs?|arguments?|args?|call|example|expression|test)s?$/i;
const ruler = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** How many rows of one table are read. */
const rowsMax = 60;

/** Finds Markdown tables with a column for the outcome and one for the input, or one for each parameter. */
export function exampleTables(source: ExampleText): readonly Example[] {
  const lines = source.text.split('\n');
  let at = 0;
  return lines.flatMap((line, index) => {
    const start = at;
    at += line.length + 1;
    if (index === 0 || line.length > 500 || !line.includes('-') || !ruler.test(line)) return [];
    const rows = rowsFrom(lines, index + 1);
    return tableExamples(source, { heads: cells(lines[index - 1] ?? ''), rows, at: start });
  });
}

interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly at: number;
}

function rowsFrom(lines: readonly string[], from: number): readonly (readonly string[])[] {
  const rows = lines.slice(from, from + rowsMax);
  const end = rows.findIndex((line) => !line.includes('|'));
  return rows.slice(0, end === -1 ? undefined : end).map(cells);
}

function cells(line: string): readonly string[] {
  const inner = line.trim().replace(/^\||\|$/g, '');
  return inner.split(/(?<!\\)\|/).map((cell) =>
    cell
      .trim()
      .replace(/^`+|`+$/g, '')
      .replaceAll('\\|', '|'),
  );
}

/** A text of a few words that is written without quotes, and words that say something of a result. */
const words = /^[A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,3}$/;
const remark =
  /\b(?:an?|the|empty|errors?|exceptions?|fails?|invalid|is|raises?|throws?|true|false|null|none|nil|undefined|nothing|nan|inf(?:inity)?)\b/i;

/** Puts quotes around the words of a column in which nothing but words stand. */
function quoted(
  rows: readonly (readonly string[])[],
  columns: readonly number[],
): readonly (readonly string[])[] {
  const worded = columns.filter((column) =>
    rows.every((row) => words.test(row[column] ?? '') && !remark.test(row[column] ?? '')),
  );
  return rows.map((row) =>
    row.map((cell, column) => (worded.includes(column) ? JSON.stringify(cell) : cell)),
  );
}

function tableExamples(source: ExampleText, { heads, rows, at }: Table): readonly Example[] {
  const plain = heads.map((head) => head.replaceAll(/[*_`]/g, '').trim());
  const last = plain.findIndex((head) => outcome.test(head));
  const inputs = plain.flatMap((head, index) => (index === last ? [] : [{ head, index }]));
  const names = new Set(source.entry.parameters.map(({ name }) => name));
  const named = inputs.filter(({ head }) => names.has(head));
  const single = inputs.find(({ head }) => income.test(head));
  if (last === -1) return [];
  const columns = [last, single, ...named].flatMap((one) =>
    typeof one === 'number' ? [one] : (one?.index ?? []),
  );
  return quoted(rows, columns).flatMap((row) => {
    const value = readLiteral(row[last] ?? '', source.entry.language);
    if (value === undefined) return [];
    const text =
      named.length > 0
        ? named.map(({ head, index }) => `${head} = ${row[index] ?? ''}`).join(', ')
        : (row[single?.index ?? -1] ?? '');
    const call = callFrom({ ...source, text });
    return call === undefined
      ? []
      : [{ call, expected: { kind: 'value', value } as const, at, isWeak: false }];
  });
}

function callFrom(source: ExampleText): Example['call'] | undefined {
  const read = readCall({ ...source, at: 0 });
  if (read !== undefined) return callOfEntry(read.value, source.entry);
  const given = readArguments(source);
  return given && callWith(given, source.entry);
}
