import { callKey } from '../domain/call-key.ts';
import type { DroppedTest } from '../domain/suite.ts';
import type { TestCase } from '../domain/test-case.ts';
import { writeCall } from '../domain/write-literal.ts';
import { demandKey } from './demand-key.ts';
import type { ReadTests } from './read-tests.ts';

/**
 * Leaves one test for each call and author, with how often it was written. Where an author expects
 * different things of one call, what it wrote most often stays, and nothing if that is a tie. Authors are
 * never counted together: each speaks for itself.
 */
export function normaliseTests(tests: readonly TestCase[], language: string | null): ReadTests {
  const groups = Map.groupBy(tests, ({ author, call }) => `${author}\n${callKey(call)}`);
  const kept: TestCase[] = [];
  const dropped: DroppedTest[] = [];
  for (const group of groups.values()) {
    const [most, second] = demandsOf(group);
    if (most === undefined) continue;
    if (second === undefined || most.count > second.count) kept.push(counted(most));
    const losers = group.filter((test) => keyOf(test) !== keyOf(most.test));
    if (losers.length === 0) continue;
    dropped.push({
      author: most.test.author ?? '',
      text: writeCall(most.test.call, language).slice(0, 100),
      because: 'its author expects different things of the same call',
    });
  }
  return { tests: kept, dropped };
}

interface Demand {
  readonly test: TestCase;
  readonly count: number;
}

/** What is expected of one call, the most frequent first. */
function demandsOf(group: readonly TestCase[]): readonly Demand[] {
  return [...Map.groupBy(group, keyOf).values()]
    .flatMap((same) => {
      const [test] = same;
      const count = same.reduce((sum, one) => sum + (one.count ?? 1), 0);
      return test === undefined ? [] : [{ test, count }];
    })
    .toSorted((a, b) => b.count - a.count);
}

function counted({ test, count }: Demand): TestCase {
  return count === 1 ? test : { ...test, count };
}

function keyOf({ expected }: TestCase): string {
  return expected === undefined ? '' : demandKey(expected);
}
