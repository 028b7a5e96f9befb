import type { Verification } from '../domain/decision.ts';
import { isUserCheck } from '../domain/gate.ts';
import { isMet } from '../domain/lens.ts';
import type { Observed } from '../domain/observed.ts';
import type { Suite } from '../domain/suite.ts';
import type { Origin, TestCase } from '../domain/test-case.ts';
import type { Verdict } from '../domain/verdict.ts';
import { checkShares } from './check-shares.ts';

/** What is known of the chosen answer. */
export interface ChosenFacts {
  readonly verdict: Verdict | undefined;
  readonly observed: Observed | undefined;
  readonly suite: Suite | null;
}

/** Tells how far running the answer speaks for it, going by what was demanded and met, and by nothing else. */
export function verificationOf({ verdict, observed, suite }: ChosenFacts): Verification {
  const sandbox = observed?.status === 'ran' ? observed.sandbox : null;
  const say = (status: Verification['status'], because: string): Verification => ({
    status,
    because,
    sandbox,
  });
  const checks = verdict && observed ? checkShares(verdict, observed) : { passed: 0, total: 0 };
  if (checks.passed < checks.total) return say('contradicted', 'It does not pass all checks');
  const shown = countMet(observed, suite, ['user', 'example']);
  if (shown.met < shown.all) {
    return say('contradicted', `It meets ${shown.met} of ${shown.all} tests that the task shows`);
  }
  if (shown.all > 0) {
    return say('verified', `It meets ${everyOne(shown.all)} that the task shows`);
  }
  const given = verdict?.checks.some(
    (check) => isUserCheck(check) && check.outcome.status === 'passed',
  );
  if (given && checks.total > 0) {
    return say('self-reported', 'It passes the checks, which ran in one process with it');
  }
  const written = countMet(observed, suite, ['validator']);
  if (written.met > 0) {
    return say('partly', `It meets ${written.met} of ${written.all} tests that models wrote`);
  }
  if (observed?.status === 'ran') {
    return say('unverified', 'It was run, and nothing says what the right results are');
  }
  return say('unverified', `It was not run: ${observed?.because ?? 'nothing here runs code'}`);
}

function countMet(
  observed: Observed | undefined,
  suite: Suite | null,
  origins: readonly Origin[],
): { readonly met: number; readonly all: number } {
  if (!suite || observed?.status !== 'ran') return { met: 0, all: 0 };
  const demands = suite.tests.flatMap((test, index) => {
    const seen = observed.rows[index];
    return isDemand(test, origins) && seen ? [{ expected: test.expected, seen }] : [];
  });
  const met = demands.filter(({ expected, seen }) => isMet(expected, seen, suite));
  return { met: met.length, all: demands.length };
}

type Demand = TestCase & { readonly expected: NonNullable<TestCase['expected']> };

function isDemand(test: TestCase, origins: readonly Origin[]): test is Demand {
  const { expected, origin } = test;
  return origins.includes(origin) && expected !== undefined && expected.kind !== 'source';
}

function everyOne(count: number): string {
  return count === 1 ? 'the one test' : `all ${count} tests`;
}
