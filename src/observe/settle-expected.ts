import type { Suite } from '../domain/suite.ts';
import type { Expected, TestCase } from '../domain/test-case.ts';
import { executorFor, type ObserveTools } from './observe.ts';

/**
 * Turns demands that are source text, such as `[0] * 3`, into values, evaluated in the sandbox in a process that
 * holds no candidate. A test whose demand has no value keeps its call, as an input alone.
 */
export async function settleExpected(suite: Suite, tools: ObserveTools): Promise<Suite> {
  const language = suite.entry?.language ?? null;
  const open = suite.tests.filter(({ expected }) => expected?.kind === 'source');
  if (open.length === 0) return suite;
  const executor = executorFor(language, tools.executors);
  const canRun = executor && language && (await executor.available(language)).status === 'ready';
  const expressions = open.flatMap(({ expected }) =>
    expected?.kind === 'source' ? [expected.expression] : [],
  );
  const values = canRun ? await executor.evaluate({ language, expressions }, tools.signal) : [];
  const settled = new Map<TestCase, Expected | undefined>(
    open.map((test, index) => {
      const value = values[index];
      return [test, value === undefined ? undefined : { kind: 'value', value }];
    }),
  );
  return {
    ...suite,
    tests: suite.tests.map((test) =>
      settled.has(test) ? { ...test, expected: settled.get(test) } : test,
    ),
  };
}
