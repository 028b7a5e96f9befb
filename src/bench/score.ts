import type { Candidate } from '../domain/candidate.ts';
import type { Executor } from '../domain/executor.ts';
import { isMet } from '../domain/lens.ts';
import type { TestCase } from '../domain/test-case.ts';
import { entryOf } from '../specify/entry-of.ts';
import { leavesOrderOpen } from '../specify/specify.ts';
import { casesToTests, snippetCall, stdinTest } from './cases-to-tests.ts';
import type { PoolTask } from './pool.ts';
import { type RecordedCase, readCases } from './recorded-cases.ts';

/** What scoring needs of the world. */
export interface ScoreTools {
  readonly executor: Executor;
  readonly signal: AbortSignal;
}

/**
 * Runs a candidate on the hidden tests of its task and tells whether it passes all; null where there are none, or
 * nothing can run them. Only ever called once the candidates have been observed, and for their score alone.
 */
export async function score(
  candidate: Candidate,
  task: PoolTask,
  { executor, signal }: ScoreTools,
): Promise<boolean | null> {
  if (candidate.status !== 'code') return false;
  const { files } = candidate;
  const language = files[0].language ?? task.language;
  const cases = readCases(task.hiddenTests, task.entryPoint !== null);
  if (language === null || cases.length === 0) return null;
  if (!executor.languages.includes(language)) return null;
  const tests = hiddenTests(cases, { candidate, task, language });
  if (tests.length === 0) return null;
  const calls = tests.map(({ call }) => call);
  const seen = await executor.observe({ program: { language, files }, calls }, signal);
  if (seen.every(({ kind }) => kind === 'not-run')) return null;
  const comparing = { anyOrder: leavesOrderOpen(task.prompt) };
  return tests.every(({ expected }, index) => {
    const observation = seen[index];
    return observation !== undefined && expected && isMet(expected, observation, comparing);
  });
}

interface Scored {
  readonly candidate: Candidate;
  readonly task: PoolTask;
  readonly language: string;
}

function hiddenTests(
  cases: readonly RecordedCase[],
  { candidate, task, language }: Scored,
): readonly TestCase[] {
  const sources = cases.flatMap((each) => (each.kind === 'source' ? [each.text] : []));
  const samples = cases.flatMap((each) => (each.kind === 'stdin' ? [stdinTest(each)] : []));
  const calls = cases.filter(({ kind }) => kind === 'call');
  const found = calls.length > 0 ? entryOf(task.prompt, [candidate]) : null;
  const snippet: TestCase = {
    id: 'hidden',
    origin: 'user',
    author: null,
    call: snippetCall(sources.join('\n'), language),
    expected: { kind: 'value', value: true },
  };
  return [...(sources.length > 0 ? [snippet] : []), ...samples, ...casesToTests(calls, found)];
}
