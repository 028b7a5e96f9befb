import type { Verification } from '../domain/decision.ts';
import { isUserCheck } from '../domain/gate.ts';
import { demandsOn } from '../domain/lens.ts';
import type { Observed } from '../domain/observed.ts';
import type { Suite } from '../domain/suite.ts';
import type { Origin } from '../domain/test-case.ts';
import type { Verdict } from '../domain/verdict.ts';
import { failsChecks } from './check-shares.ts';

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
  if (verdict && observed && failsChecks({ verdict, observed })) {
    return say('contradicted', 'It does not pass all checks');
  }
  const count = (...origins: readonly Origin[]): Count => countMet({ observed, suite }, origins);
  const shown = count('user', 'example');
  if (shown.met < shown.all) {
    return say('contradicted', `It meets ${shown.met} of ${shown.all} tests that the task shows`);
  }
  if (shown.all > 0) {
    return say('verified', `It meets ${everyOne(shown.all)} that the task shows`);
  }
  const given = passedChecks(verdict);
  if (given === 'outside') return say('verified', 'It passes the checks');
  if (given === 'self-reported') {
    return say('self-reported', 'It passes the checks, which ran in one process with it');
  }
  const written = count('validator');
  if (written.all > 0) return say(written.met > 0 ? 'partly' : 'unverified', byModels(written));
  if (observed?.status === 'ran') {
    return say('unverified', 'It was run, and nothing says what the right results are');
  }
  return say('unverified', `It was not run: ${observed?.because ?? 'nothing here runs code'}`);
}

function byModels({ met, all }: Count): string {
  return `It meets ${met === 0 ? 'none' : met} of ${all} tests that models wrote`;
}

/** Whether a check of the person that could tell passed, and whether the answer could have bent all of them. */
function passedChecks(verdict: Verdict | undefined): 'outside' | 'self-reported' | 'none' {
  const passed = (verdict?.checks ?? []).filter(
    (check) =>
      isUserCheck(check) && check.outcome.status === 'passed' && check.weightless === undefined,
  );
  if (passed.length === 0) return 'none';
  return passed.every(({ selfReported }) => selfReported === true) ? 'self-reported' : 'outside';
}

interface Count {
  readonly met: number;
  readonly all: number;
}

function countMet(
  { observed, suite }: Pick<ChosenFacts, 'observed' | 'suite'>,
  origins: readonly Origin[],
): Count {
  if (!suite || observed?.status !== 'ran') return { met: 0, all: 0 };
  const demands = demandsOn(observed.rows, suite).filter(({ test }) =>
    origins.includes(test.origin),
  );
  return { met: demands.filter(({ met }) => met).length, all: demands.length };
}

function everyOne(count: number): string {
  return count === 1 ? 'the one test' : `all ${count} tests`;
}
