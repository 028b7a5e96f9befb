import { OrchestratorError } from '../../domain/mistake.ts';
import type { SourceFile } from '../../domain/task.ts';
import type { Call, Expected, TestCase } from '../../domain/test-case.ts';
import type { Value } from '../../domain/value.ts';

/**
 * Reads a file of data tests: a JSON list, or one JSON object a line. A test has a `call`, which is a name with
 * `args` in JSON or a whole expression such as `add(1, 2)`, or a `stdin` for a program; and what is `expected`
 * in JSON, or the error that it `raises` (`true` for any), or the text that is `printed`. Throws `bad-usage`.
 *
 * @example
 * ```json
 * [{ "call": "add", "args": [1, 2], "expected": 3 }, { "call": "add(1, 'a')", "raises": "TypeError" }]
 * ```
 */
export function dataTests(file: SourceFile): readonly TestCase[] {
  return rowsOf(file).map((row, index) => {
    const fields =
      row !== null && typeof row === 'object' && 'map' in row ? new Map(row.map) : null;
    const fail = (wanted: string) => badTest(file, index, wanted);
    if (fields === null) throw fail('an object');
    const unknown = [...fields.keys()].find((key) => !known.has(String(key)));
    if (unknown !== undefined) throw fail(`only ${[...known].join(', ')}, and no "${unknown}"`);
    const call = callOf(fields);
    if (call === undefined) throw fail('a "call" with a name or an expression, or a "stdin"');
    const expected = expectedOf(fields);
    if (expected === undefined) throw fail('one of "expected", "raises", "printed"');
    return { id: `user-${index + 1}`, origin: 'user', author: null, call, expected };
  });
}

const known: ReadonlySet<string> = new Set([
  ...['call', 'args', 'named', 'stdin', 'expected', 'raises', 'printed'],
]);

type Fields = ReadonlyMap<Value, Value>;

function callOf(fields: Fields): Call | undefined {
  const [call, args, named, stdin] = ['call', 'args', 'named', 'stdin'].map((key) =>
    fields.get(key),
  );
  if (typeof stdin === 'string') return { kind: 'program', stdin };
  if (typeof call !== 'string' || call.trim() === '') return undefined;
  if (args === undefined && named === undefined)
    return call.includes('(')
      ? { kind: 'script', statements: '', expression: call }
      : { kind: 'call', name: call, args: [] };
  const list = args === undefined ? [] : listOf(args);
  const pairs = named === undefined ? [] : pairsOf(named);
  if (list === undefined || pairs === undefined) return undefined;
  const plain = { kind: 'call', name: call, args: list } as const;
  return pairs.length === 0 ? plain : { ...plain, named: Object.fromEntries(pairs) };
}

function expectedOf(fields: Fields): Expected | undefined {
  const [value, raises, printed] = ['expected', 'raises', 'printed'].map((key) => fields.get(key));
  if ([value, raises, printed].filter((each) => each !== undefined).length !== 1) return undefined;
  if (value !== undefined) return { kind: 'value', value };
  if (typeof printed === 'string') return { kind: 'printed', text: printed };
  if (raises === true) return { kind: 'raised', error: null };
  return typeof raises === 'string' ? { kind: 'raised', error: raises } : undefined;
}

function listOf(value: Value): readonly Value[] | undefined {
  return value !== null && typeof value === 'object' && 'list' in value ? value.list : undefined;
}

function pairsOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  if (value === null || typeof value !== 'object' || !('map' in value)) return undefined;
  return value.map.map(([key, each]) => [String(key), each]);
}

function rowsOf(file: SourceFile): readonly Value[] {
  const rows = file.path.endsWith('.jsonl')
    ? file.text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => readValue(line, file))
    : listOf(readValue(file.text, file));
  if (rows !== undefined && rows.length > 0) return rows;
  const wanted = 'wanted a list of objects with "call" and "expected"';
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use the tests file "${file.path}": it has no test, ${wanted}`,
  );
}

/** JSON with its numbers as they are written, since `1.0` is not `1` and a long number keeps its digits. */
function readValue(text: string, { path }: SourceFile): Value {
  try {
    // The library's type does not know the third argument yet, nor what comes of a reviver.
    return JSON.parse(text, asValue as (key: string, value: unknown) => unknown) as Value;
  } catch (cause) {
    throw notJson(path, cause);
  }
}

/** A reviver sees the innermost values first, so that what a list or an object holds are values already. */
function asValue(_key: string, value: unknown, context: { readonly source?: string }): Value {
  if (typeof value === 'number') return numberOf(value, context.source ?? String(value));
  if (Array.isArray(value)) return { list: value };
  if (typeof value === 'object' && value !== null) {
    return { map: Object.entries(value as Readonly<Record<string, Value>>) };
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function numberOf(value: number, source: string): Value {
  return /[.eE]/.test(source) ? { float: String(value) } : { int: source };
}

function badTest({ path }: SourceFile, index: number, wanted: string): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    `Cannot use the tests file "${path}": test ${index + 1} is another thing, wanted ${wanted}`,
  );
}

function notJson(path: string, cause: unknown): OrchestratorError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const text = `Cannot use the tests file "${path}": it is no JSON, ${message}`;
  return new OrchestratorError('bad-usage', text, { cause });
}
