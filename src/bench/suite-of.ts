import type { Candidate } from '../domain/candidate.ts';
import type { Executor } from '../domain/executor.ts';
import type { Entry, Suite } from '../domain/suite.ts';
import type { TestCase } from '../domain/test-case.ts';
import { entryOf } from '../specify/entry-of.ts';
import { generateInputs } from '../specify/generate-inputs.ts';
import { callKey } from '../specify/keys.ts';
import { normaliseTests } from '../specify/normalise-tests.ts';
import { readExamples } from '../specify/read-examples.ts';
import { readRecordedTests } from '../specify/read-tests.ts';
import { leavesOrderOpen } from '../specify/specify.ts';
import { casesToTests } from './cases-to-tests.ts';
import type { PoolTask } from './pool.ts';
import { type RecordedCase, readCases } from './recorded-cases.ts';

/** How suites are made. */
export interface SuiteOptions {
  readonly seed: number;
  /** How many inputs are made; 0 for none. */
  readonly inputs: number;
}

/**
 * Makes what the candidates of one panel are tried on, from what a run would know: the prompt, the tests that the
 * task shows, tests that models wrote, and inputs made from these. The hidden tests are not looked at.
 */
export function suiteOf(
  task: PoolTask,
  candidates: readonly Candidate[],
  { seed, inputs }: SuiteOptions,
): Suite {
  const text = taskText(task);
  const cases = readCases(task.visibleTests, task.entryPoint !== null);
  const entry = entryFor(task, cases, entryOf(text, candidates));
  const examples = shownTests(cases, task, entry);
  const shown = new Set(examples.map(({ call }) => callKey(call)));
  const recorded = readRecordedTests(task.generatedTests, { author: 'recorded tests', entry });
  const written = normaliseTests(recorded.tests, entry?.language ?? null);
  const validators = written.tests.filter(({ call }) => !shown.has(callKey(call)));
  const calls = [...examples, ...validators].map(({ call }) => call);
  const made = inputs === 0 ? [] : generateInputs({ entry, calls, seed, limit: inputs });
  const generated = made.map(
    (call): TestCase => ({ id: '', origin: 'generated', author: null, call, expected: undefined }),
  );
  return {
    entry,
    tests: [...numbered(examples), ...numbered(validators), ...numbered(generated)],
    anyOrder: leavesOrderOpen(text),
    dropped: [...recorded.dropped, ...written.dropped],
  };
}

/** Has what tests demand evaluated where it is written as an expression; what cannot be, demands nothing. */
export async function withValues(
  suite: Suite,
  executor: Executor | undefined,
  signal: AbortSignal,
): Promise<Suite> {
  const language = suite.entry?.language;
  const expressions = suite.tests.flatMap(({ expected }) =>
    expected?.kind === 'source' ? [expected.expression] : [],
  );
  if (language === undefined || executor === undefined || expressions.length === 0) return suite;
  const values = await executor.evaluate({ language, expressions }, signal);
  const byText = new Map(expressions.map((text, index) => [text, values[index]]));
  const tests = suite.tests.map((test): TestCase => {
    if (test.expected?.kind !== 'source') return test;
    const value = byText.get(test.expected.expression);
    return { ...test, expected: value === undefined ? undefined : { kind: 'value', value } };
  });
  return { ...suite, tests };
}

/** The prompt, and the name of the function where the prompt leaves it to the tests. */
function taskText({ prompt, entryPoint }: PoolTask): string {
  const name = entryPoint?.split('.').at(-1) ?? '';
  const isNamed = name === '' || prompt.includes(name);
  return isNamed ? prompt : `${prompt}\n\nWrite a function named \`${name}\`.`;
}

function entryFor(
  { entryPoint, language }: PoolTask,
  cases: readonly RecordedCase[],
  found: Entry | null,
): Entry | null {
  const spoken = found?.language ?? language;
  if (spoken === null) return null;
  if (cases.some(({ kind }) => kind === 'stdin')) return { kind: 'program', language: spoken };
  // Snippets can show at work what nothing else can call.
  const isShown = cases.some(({ kind }) => kind === 'source');
  return found ?? (isShown ? { kind: 'class', name: entryPoint ?? '', language: spoken } : null);
}

/** The tests that the task shows, then the examples in its prompt that say something else. */
function shownTests(
  cases: readonly RecordedCase[],
  { prompt }: PoolTask,
  entry: Entry | null,
): readonly TestCase[] {
  const visible = casesToTests(cases, entry);
  const known = new Set(visible.map(({ call }) => callKey(call)));
  const read = readExamples(prompt, entry).filter(({ call }) => !known.has(callKey(call)));
  return [...visible, ...read];
}

function numbered(tests: readonly TestCase[]): readonly TestCase[] {
  return tests.map((test, index) => ({ ...test, id: `${test.origin}-${index + 1}` }));
}
