import { callKey } from '../domain/call-key.ts';
import type { Candidate } from '../domain/candidate.ts';
import type { Entry, Suite } from '../domain/suite.ts';
import type { Call, TestCase } from '../domain/test-case.ts';
import { callsIn } from '../specify/calls-in.ts';
import { entryOf } from '../specify/entry-of.ts';
import { generateInputs } from '../specify/generate-inputs.ts';
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
  const tests = [...examples, ...validators];
  const calls = tests.map(({ call }) => call);
  const unread = callsOfSnippets(cases, entry, calls);
  const known = [...calls, ...unread];
  const made = inputs === 0 ? [] : generateInputs({ entry, calls: known, seed, limit: inputs });
  const generated = [...unread, ...made].map(
    (call): TestCase => ({ id: '', origin: 'generated', author: null, call, expected: undefined }),
  );
  return {
    entry,
    tests: [...numbered(examples), ...numbered(validators), ...numbered(generated)],
    anyOrder: leavesOrderOpen(text),
    dropped: [...recorded.dropped, ...written.dropped],
  };
}

/** The inputs in shown tests that say no plain result, such as `assert set(f([1])) == {1}`. */
function callsOfSnippets(
  cases: readonly RecordedCase[],
  entry: Entry | null,
  known: readonly Call[],
): readonly Call[] {
  const keys = new Set(known.map(callKey));
  const found = cases.flatMap((each) => (each.kind === 'source' ? callsIn(each.text, entry) : []));
  return [...new Map(found.map((call) => [callKey(call), call])).entries()].flatMap(
    ([key, call]) => (keys.has(key) ? [] : [call]),
  );
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
