import type { DroppedTest, Entry } from '../domain/suite.ts';
import { syntaxOf } from '../domain/syntax-of.ts';
import type { Call, Expected, TestCase } from '../domain/test-case.ts';
import { jsonObjects } from '../lib/json-objects.ts';
import { expectedFrom, type Reading, readAssertion } from './assertion.ts';
import { statementsIn } from './assertions.ts';
import { callOfEntry } from './example.ts';
import { readCall } from './read-call.ts';
import { valueOfJson } from './value-of-json.ts';

/** What a validator wrote when it was asked for tests. */
export interface TestsReply {
  /** The runner that wrote it. */
  readonly author: string;
  readonly text: string;
}

/** Tests that could be read, one for each time that one was written, and the rest with reasons. */
export interface ReadTests {
  readonly tests: readonly TestCase[];
  readonly dropped: readonly DroppedTest[];
}

/** The most of one reply that is read: characters, and tests. */
const replyMaxLength = 200_000;
const testsMax = 60;
/** How much of a dropped test is repeated. */
const excerptMaxLength = 100;

type Test = Pick<TestCase, 'call' | 'expected'>;
type Outcome =
  | { readonly test: Test; readonly because?: undefined }
  | { readonly test?: undefined; readonly because: string };

/**
 * Reads the tests in a validator's reply: JSON objects with a call and what it should come to, wherever
 * they stand, and failing these lines of assertions. Never throws; what it cannot use, it names.
 */
export function readTests({ author, text }: TestsReply, entry: Entry | null): ReadTests {
  const reply = text.slice(0, replyMaxLength);
  const rows = objectsIn(reply);
  const written =
    rows.length > 0
      ? rows.map((row) => ({ text: JSON.stringify(row), outcome: testOfRow(row, entry) }))
      : assertionsOf(reply, entry);
  const tests: TestCase[] = [];
  const dropped: DroppedTest[] = [];
  for (const { text: source, outcome } of written) {
    const because =
      outcome.because ?? (tests.length >= testsMax ? `there are more than ${testsMax}` : undefined);
    if (outcome.test === undefined || because !== undefined) {
      dropped.push({ author, text: excerptOf(source), because: because ?? 'it cannot be read' });
    } else tests.push(testCase(outcome.test, author, tests.length));
  }
  return { tests, dropped };
}

/** Reads assertions that were recorded one by one, each with how often it came. */
export function readRecordedTests(
  rows: readonly { readonly test: string; readonly count: number }[],
  { author, entry }: { readonly author: string; readonly entry: Entry | null },
): ReadTests {
  const tests: TestCase[] = [];
  const dropped: DroppedTest[] = [];
  for (const { test, count } of rows) {
    const { test: read, because } = testOfAssertion(test, entry);
    if (read === undefined) dropped.push({ author, text: excerptOf(test), because: because ?? '' });
    else tests.push({ ...testCase(read, author, tests.length), count });
  }
  return { tests, dropped };
}

function testCase(test: Test, author: string, index: number): TestCase {
  return { id: `validator-${index + 1}`, origin: 'validator', author, ...test };
}

function excerptOf(source: string): string {
  return source.replaceAll(/\s+/g, ' ').slice(0, excerptMaxLength);
}

type Row = Readonly<Record<string, unknown>>;

/** The objects of a reply that look like tests, also those inside a list that another object holds. */
function objectsIn(reply: string): readonly Row[] {
  const found = jsonObjects(reply).filter(isRow);
  const rows = found.flatMap((row) => {
    const held = Object.values(row).find((value) => Array.isArray(value) && value.some(isTestRow));
    return Array.isArray(held) && !isTestRow(row) ? held.filter(isRow) : [row];
  });
  return rows.filter(isTestRow);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTestRow(value: unknown): value is Row {
  return isRow(value) && callKeys.some((key) => key in value);
}

const nothingToCall = 'nothing of the task can be called';

const callKeys = ['call', 'expression', 'test', 'assert', 'assertion', 'stdin', 'input', 'args'];
const expectedKeys = ['expected', 'stdout', 'output', 'expected_output', 'result', 'returns'];

function testOfRow(row: Row, entry: Entry | null): Outcome {
  if (entry === null) return { because: nothingToCall };
  const source = row[callKeys.find((key) => key in row) ?? ''];
  const demanded = row[expectedKeys.find((key) => key in row) ?? ''];
  if (entry.kind === 'program') return programTest(source, demanded);
  const isAssertion = typeof source === 'string' && /^\s*(?:assert|expect)\b/.test(source);
  if (isAssertion) return testOfAssertion(source, entry);
  const expected = raisedIn(row) ?? expectedOf(demanded, entry.language);
  if (expected === undefined) return { because: 'it does not say what is expected' };
  const call = callOf({ source, setup: row['setup'] }, entry);
  return 'because' in call ? call : { test: { call: call.call, expected } };
}

function raisedIn(row: Row): Expected | undefined {
  const raised = row['raises'] ?? row['error'] ?? row['throws'];
  const isNamed = typeof raised === 'string' && raised !== '';
  return isNamed ? { kind: 'raised', error: errorName(raised) } : undefined;
}

function programTest(stdin: unknown, stdout: unknown): Outcome {
  if (typeof stdin !== 'string' || typeof stdout !== 'string') {
    return { because: 'standard input and output are not both texts' };
  }
  const input = stdin === '' || stdin.endsWith('\n') ? stdin : `${stdin}\n`;
  return {
    test: {
      call: { kind: 'program', stdin: input },
      expected: { kind: 'printed', text: stdout.trimEnd() },
    },
  };
}

type CallRead = { readonly call: Call } | { readonly because: string };

function callOf(
  { source, setup }: { readonly source: unknown; readonly setup: unknown },
  entry: Exclude<Entry, { kind: 'program' }>,
): CallRead {
  if (Array.isArray(source) && entry.kind === 'function') {
    const call = { kind: 'call', name: entry.name, args: source.map(valueOfJson) } as const;
    const own = callOfEntry(call, entry);
    return own === undefined ? { because: 'it has too many or too few arguments' } : { call: own };
  }
  if (typeof source !== 'string') return { because: 'its call is no text' };
  const expression = source.trim().replace(/;$/, '');
  const statements = typeof setup === 'string' ? setup.trim() : '';
  const script = { call: { kind: 'script', statements, expression } } as const;
  const last = entry.name.slice(entry.name.lastIndexOf('.') + 1);
  if (!`${statements}\n${expression}`.includes(last))
    return { because: `it does not use ${entry.name}` };
  const syntax = syntaxOf(entry.language);
  if (entry.kind === 'class' || statements !== '' || syntax === undefined) return script;
  const read = readCall({ text: expression, at: 0, syntax });
  if (read?.end !== expression.length) return script;
  const call = callOfEntry(read.value, entry);
  return call === undefined ? { because: 'it has too many or too few arguments' } : { call };
}

/** What a test demands: text is read as source of the language, anything else as the JSON that it is. */
function expectedOf(demanded: unknown, language: string): Expected | undefined {
  if (demanded === undefined) return undefined;
  if (typeof demanded !== 'string') return { kind: 'value', value: valueOfJson(demanded) };
  const source = demanded.trim();
  if (source === '') return undefined;
  const raised = /^(?:raises?|throws?)\b\s*:?\s*(.*)$/i.exec(source)?.[1];
  const isError = /^[A-Z]\w*(?:Error|Exception)(?:\(.*\))?$/.test(source);
  if (raised !== undefined || isError)
    return { kind: 'raised', error: errorName(raised ?? source) };
  return expectedFrom(source, language);
}

function errorName(text: string): string | null {
  return /[A-Z]\w*(?:Error|Exception)/.exec(text)?.[0] ?? null;
}

function assertionsOf(
  reply: string,
  entry: Entry | null,
): readonly { readonly text: string; readonly outcome: Outcome }[] {
  const syntax = syntaxOf(entry === null || entry.kind === 'program' ? null : entry.language);
  if (syntax === undefined) return [];
  return statementsIn({ text: reply, syntax }).map(({ text }) => ({
    text,
    outcome: testOfAssertion(text, entry),
  }));
}

function testOfAssertion(source: string, entry: Entry | null): Outcome {
  const syntax = entry === null ? undefined : syntaxOf(entry.language);
  if (entry?.kind !== 'function' || syntax === undefined) {
    return { because: nothingToCall };
  }
  const reading: Reading = readAssertion(source, { syntax, entry });
  return reading.example === undefined
    ? { because: reading.because }
    : { test: { call: reading.example.call, expected: reading.example.expected } };
}
