/** What a recorded test does, before it is known how the task's function is called. */
export type RecordedCase =
  /** Assertions or a snippet in the language of the task. */
  | { readonly kind: 'source'; readonly text: string }
  | { readonly kind: 'stdin'; readonly input: string; readonly output: string }
  | {
      readonly kind: 'call';
      /** Null where the record does not name the function. */
      readonly name: string | null;
      readonly args: readonly unknown[];
      readonly output: unknown;
    };

type Row = Readonly<Record<string, unknown>>;

/**
 * Reads tests as pools record them: source text, a list of such, a list of `{ input, output }` with or without
 * `testtype` and `fn_name`, one object with lists of inputs and outputs, or any of these as a JSON string. What it
 * does not know it leaves out. `takesCalls` says that the task is about a function, where a record does not say it.
 */
export function readCases(value: unknown, takesCalls: boolean): readonly RecordedCase[] {
  if (typeof value === 'string') {
    const json = parsed(value);
    if (json !== undefined) return readCases(json, takesCalls);
    return value.trim() === '' ? [] : [{ kind: 'source', text: value }];
  }
  if (Array.isArray(value)) return value.flatMap((each: unknown) => readCases(each, takesCalls));
  return isRow(value) ? casesOfRow(value, takesCalls) : [];
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function casesOfRow(row: Row, takesCalls: boolean): readonly RecordedCase[] {
  const source = row['test'] ?? row['assertion'] ?? row['code'];
  if (typeof source === 'string') return readCases(source, takesCalls);
  const name = typeof row['fn_name'] === 'string' ? row['fn_name'] : null;
  const type = row['testtype'] ?? row['type'];
  const isCall = type === 'functional' || name !== null || (takesCalls && type !== 'stdin');
  return pairsOf(row).flatMap(([input, output]) =>
    isCall ? callCase(name, input, output) : stdinCase(input, output),
  );
}

const inputKeys = ['input', 'inputs', 'stdin'];
const outputKeys = ['output', 'outputs', 'expected_output', 'expected'];

/** What goes in and what should come out; one object may hold all cases, as a list of each. */
function pairsOf(row: Row): readonly (readonly [unknown, unknown])[] {
  const input = row[inputKeys.find((key) => key in row) ?? ''];
  const output = row[outputKeys.find((key) => key in row) ?? ''];
  if (input === undefined || output === undefined) return [];
  if (!Array.isArray(input) || !Array.isArray(output)) return [[input, output]];
  const isMany = 'inputs' in row || typeof output[0] === 'string';
  if (!isMany || input.length !== output.length) return [[input, output]];
  return input.map((each: unknown, index): readonly [unknown, unknown] => [each, output[index]]);
}

function stdinCase(input: unknown, output: unknown): readonly RecordedCase[] {
  const [given, printed] = [linesOf(input), linesOf(output)];
  if (given === undefined || printed === undefined) return [];
  return [{ kind: 'stdin', input: given, output: printed }];
}

function linesOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(String).join('\n');
  return typeof value === 'string' ? value : undefined;
}

/** Arguments come as a list, or as text with one JSON value on each line. */
function callCase(name: string | null, input: unknown, output: unknown): readonly RecordedCase[] {
  const args = argumentsOf(input);
  const demanded = typeof output === 'string' ? jsonOf(output) : { json: output };
  if (args === undefined || demanded === undefined) return [];
  return [{ kind: 'call', name, args, output: demanded.json }];
}

function argumentsOf(input: unknown): readonly unknown[] | undefined {
  if (Array.isArray(input)) return input;
  return typeof input === 'string' ? jsonLines(input) : undefined;
}

function jsonLines(text: string): readonly unknown[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values = lines.map(jsonOf);
  const known = values.flatMap((value) => (value === undefined ? [] : [value.json]));
  return known.length === values.length ? known : undefined;
}

/** Boxed, since JSON can say null. */
function jsonOf(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
