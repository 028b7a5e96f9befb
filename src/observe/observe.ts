import type { Candidate } from '../domain/candidate.ts';
import type { Executor, Observation, Program } from '../domain/executor.ts';
import { observationKey } from '../domain/observation-key.ts';
import type { Observed, Seen } from '../domain/observed.ts';
import type { SeatId } from '../domain/plan.ts';
import type { Entry, Suite } from '../domain/suite.ts';
import type { Call, TestCase } from '../domain/test-case.ts';

/** What observing needs of the world. */
export interface ObserveTools {
  readonly executors: readonly Executor[];
  readonly signal: AbortSignal;
}

/**
 * Runs one candidate on every test of the suite in a sandbox, twice and the second time in the opposite order,
 * so that what depends on chance, time or earlier calls is told from what the candidate does. Never rejects for
 * what a candidate does; an answer without code, or in a language that nothing runs here, is not run.
 */
export async function observe(
  candidate: Candidate,
  suite: Suite,
  tools: ObserveTools,
): Promise<Observed> {
  const { seat } = candidate;
  const notRun = (because: string, remedy: string | null = null): Observed => ({
    status: 'not-run',
    seat,
    because,
    remedy,
  });
  if (candidate.status !== 'code') return notRun('the answer has no code');
  if (suite.tests.length === 0) return notRun('nothing in the task or the answers can be called');
  const language = candidate.files[0].language;
  const executor = executorFor(language, tools.executors);
  if (!executor || language === null) {
    return notRun(`nothing runs ${language ?? 'code without a language'} here`);
  }
  const status = await executor.available(language);
  if (status.status === 'unavailable') return notRun(status.because, status.remedy);
  const program: Program = { language, files: candidate.files };
  const rows = await observeTwice({ seat, program, suite, executor, signal: tools.signal });
  return { status: 'ran', seat, sandbox: status.sandbox, rows };
}

/** Whether code of a language, or of any where none is given, can be run here. */
export async function canRun(
  language: string | null | undefined,
  executors: readonly Executor[],
): Promise<boolean> {
  const fitting = language
    ? executors.filter((one) => one.languages.includes(language))
    : executors;
  const looks = fitting.map((executor) => executor.available(language ?? undefined));
  return (await Promise.all(looks)).some(({ status }) => status === 'ready');
}

/** The executor of a language; undefined where there is none. */
export function executorFor(
  language: string | null,
  executors: readonly Executor[],
): Executor | undefined {
  return executors.find(({ languages }) => language !== null && languages.includes(language));
}

interface Work {
  readonly seat: SeatId;
  readonly program: Program;
  readonly suite: Suite;
  readonly executor: Executor;
  readonly signal: AbortSignal;
}

async function observeTwice(work: Work): Promise<readonly Seen[]> {
  const { seat, program, suite, executor, signal } = work;
  const fitting = suite.tests.filter((test) => fits(test, program, suite));
  const calls = fitting.map(({ call }) => renamed(call, suite.entry, seat));
  const first = await executor.observe({ program, calls }, signal);
  const again = calls.filter((_, index) => isWorthRepeating(first[index]));
  const second = await executor.observe({ program, calls: again.toReversed() }, signal);
  const repeated = new Map<Call, Observation>(
    again.toReversed().flatMap((call, index) => {
      const observation = second[index];
      return observation ? [[call, observation] as const] : [];
    }),
  );
  const seen = new Map(
    fitting.map(({ id }, index) => {
      const call = calls[index];
      return [id, agreed(first[index], call && repeated.get(call), suite)];
    }),
  );
  const rows = suite.tests.map(
    ({ id }): Seen =>
      seen.get(id) ?? { kind: 'not-run', because: 'the test is written in another language' },
  );
  return withoutLuck(rows, suite);
}

/** From this share of calls on that differ from run to run, a candidate goes by chance. */
const chanceMinShare = 0.2;

/** What goes by chance was alike in two runs by luck elsewhere: such results are compared with demands alone. */
function withoutLuck(rows: readonly Seen[], suite: Suite): readonly Seen[] {
  const flaky = rows.filter(({ kind }) => kind === 'flaky').length;
  if (flaky < 2 || flaky < chanceMinShare * rows.length) return rows;
  return rows.map((row, index) => {
    const isDemand = suite.tests[index]?.expected !== undefined;
    return row.kind === 'returned' && !isDemand ? { kind: 'flaky' } : row;
  });
}

/** Source text belongs to one language; data can be given to every one. */
function fits({ call }: TestCase, { language }: Program, suite: Suite): boolean {
  return call.kind !== 'script' || language === (suite.entry?.language ?? language);
}

/** An answer may have given the function another name. */
function renamed(call: Call, entry: Entry | null, seat: SeatId): Call {
  if (call.kind !== 'call' || entry?.kind !== 'function' || call.name !== entry.name) return call;
  return { ...call, name: entry.aliases[seat] ?? call.name };
}

/** What took all its time, or was not run, would be the same again at the same price. */
function isWorthRepeating(observation: Observation | undefined): boolean {
  return observation?.kind === 'returned' || observation?.kind === 'raised';
}

function agreed(
  first: Observation | undefined,
  second: Observation | undefined,
  suite: Suite,
): Seen {
  if (!first) return { kind: 'not-run', because: 'the run was cancelled' };
  // A second run that was cancelled says nothing.
  if (!second || second.kind === 'not-run') return first;
  return observationKey(first, suite) === observationKey(second, suite) ? first : { kind: 'flaky' };
}
