import { callKey } from '../domain/call-key.ts';
import type { Entry } from '../domain/suite.ts';
import type { Call, Expected, TestCase } from '../domain/test-case.ts';
import { readRecordedTests } from '../specify/read-tests.ts';
import { valueOfJson } from '../specify/value-of-json.ts';
import type { RecordedCase } from './recorded-cases.ts';

/** Turns recorded tests that the task shows into examples, each call once; what nothing can call is left out. */
export function casesToTests(
  cases: readonly RecordedCase[],
  entry: Entry | null,
): readonly TestCase[] {
  const tests = cases.flatMap((each) => testsOf(each, entry));
  const seen = new Set<string>();
  return tests.filter(({ call }) => {
    const key = callKey(call);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function testsOf(recorded: RecordedCase, entry: Entry | null): readonly TestCase[] {
  if (entry === null) return [];
  if (recorded.kind === 'stdin') return [stdinTest(recorded)];
  if (recorded.kind === 'source') return sourceTests(recorded.text, entry);
  const name = entry.kind === 'function' ? entry.name : recorded.name;
  if (name === null || entry.kind === 'program') return [];
  const call = { kind: 'call', name, args: recorded.args.map(valueOfJson) } as const;
  return [example(call, { kind: 'value', value: valueOfJson(recorded.output) })];
}

/** The test that a sample of a program makes. */
export function stdinTest({ input, output }: Extract<RecordedCase, { kind: 'stdin' }>): TestCase {
  const stdin = input === '' || input.endsWith('\n') ? input : `${input}\n`;
  return example({ kind: 'program', stdin }, { kind: 'printed', text: output.trimEnd() });
}

/** Assertions of one call each become calls; whatever else is written is run as it is. */
function sourceTests(text: string, entry: Entry): readonly TestCase[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const isList = entry.kind === 'function' && lines.every((line) => /^\s*assert\b/.test(line));
  const parts = isList ? lines : [text];
  return parts.flatMap((part) => readTest(part.trim(), entry));
}

function readTest(text: string, entry: Entry): readonly TestCase[] {
  if (entry.kind === 'program') return [];
  const { tests } = readRecordedTests([{ test: text, count: 1 }], { author: '', entry });
  const [read] = tests;
  if (read !== undefined) return [example(read.call, read.expected)];
  return [example(snippetCall(text, entry.language), { kind: 'value', value: true })];
}

/** A script that comes to true when a snippet of assertions raises nothing. */
export function snippetCall(text: string, language: string): Call {
  const suites = [...text.matchAll(/^class\s+(\w+)\s*\(\s*(?:unittest\.)?TestCase\s*\)/gm)];
  if (language === 'python' && suites.length > 0) {
    const names = suites.map(([, name]) => `_load(${name})`).join(', ');
    const load = '_load = unittest.defaultTestLoader.loadTestsFromTestCase';
    const run = 'unittest.TextTestRunner(stream=io.StringIO()).run(unittest.TestSuite([';
    const statements = `import io, unittest\n${text}\n${load}`;
    return { kind: 'script', statements, expression: `${run}${names}])).wasSuccessful()` };
  }
  return { kind: 'script', statements: text, expression: language === 'python' ? 'True' : 'true' };
}

function example(call: Call, expected: Expected | undefined): TestCase {
  return { id: '', origin: 'example', author: null, call, expected };
}
