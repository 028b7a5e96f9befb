import { callKey } from '../domain/call-key.ts';
import type { Candidate } from '../domain/candidate.ts';
import type { Suite } from '../domain/suite.ts';
import type { Task } from '../domain/task.ts';
import type { TestCase } from '../domain/test-case.ts';
import { entryOf } from './entry-of.ts';
import { generateInputs } from './generate-inputs.ts';
import { normaliseTests } from './normalise-tests.ts';
import { readExamples } from './read-examples.ts';
import { readTests, type TestsReply } from './read-tests.ts';

/** What a suite is made of. */
export interface SpecifyInput {
  readonly task: Task;
  readonly candidates: readonly Candidate[];
  /** What validators that wrote no candidate answered when they were asked for tests. */
  readonly replies: readonly TestsReply[];
  readonly seed: number;
  /** How many inputs are made besides. */
  readonly generatedLimit: number;
}

/**
 * Specifies what the candidates are tried on: the task's own examples, the validators' tests, and inputs
 * made from both. The same input gives the same suite, whatever the order of the candidates.
 */
export function specify({ task, candidates, replies, seed, generatedLimit }: SpecifyInput): Suite {
  const entry = entryOf(task.text, candidates);
  const given = task.checks?.given ?? [];
  const examples = readExamples(task.text, entry);
  const read = replies.map((reply) => readTests(reply, entry));
  const unusable = read.flatMap(({ dropped }) => dropped);
  const written = normaliseTests(
    read.flatMap(({ tests }) => tests),
    entry?.language ?? null,
  );
  const shown = new Set([...given, ...examples].map(({ call }) => callKey(call)));
  // An example says the same with more weight, or the opposite with more right.
  const validators = written.tests.filter(({ call }) => !shown.has(callKey(call)));
  const known = [...given, ...examples, ...validators];
  const calls = known.map(({ call }) => call);
  const generated = generateInputs({ entry, calls, seed, limit: generatedLimit }).map(
    (call): TestCase => ({ id: '', origin: 'generated', author: null, call, expected: undefined }),
  );
  return {
    entry,
    anyOrder: leavesOrderOpen(task.text),
    tests: [...given, ...examples, ...numbered(validators), ...numbered(generated)],
    dropped: [...unusable, ...written.dropped],
  };
}

/** Whether a task says that the order of a result does not matter. */
export function leavesOrderOpen(text: string): boolean {
  return /\b(?:in )?any order\b|\border (?:of [\w ]{1,40} )?(?:does not|doesn't|doesn’t) matter\b/i.test(
    text,
  );
}

function numbered(tests: readonly TestCase[]): readonly TestCase[] {
  return tests.map((test, index) => ({ ...test, id: `${test.origin}-${index + 1}` }));
}
