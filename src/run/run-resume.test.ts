import { expect, test } from 'vitest';
import type { StoredEvent } from '../domain/event.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { AnswerChecker } from '../domain/verdict.ts';
import { task } from '../testing/builders.ts';
import { scriptedExecutor } from '../testing/scripted-executor.ts';
import {
  functionOf,
  judgeOf,
  pythonOf,
  scriptedModel,
  testsOf,
} from '../testing/scripted-model.ts';
import { answers, fails, hangs, type Script } from '../testing/scripted-runner.ts';
import { recordOf, scriptedWorld } from '../testing/scripted-world.ts';

const python = pythonOf({
  'n * 2': (n) => n * 2,
  'n ** 2': (n) => n ** 2,
  'n + 3': (n) => n + 3,
  'n * 2 if n != 3 else 0': (n) => (n === 3 ? 0 : n * 2),
});
const text = 'Write a Python function `f(n: int) -> int` that doubles its argument.';
const examples = `${text}\n\n>>> f(3)\n6\n>>> f(5)\n10\n>>> f(10)\n20\n`;

const cases: readonly (readonly [string, ReturnType<typeof task>, () => Record<string, Script>])[] =
  [
    [
      'a judge',
      task(text),
      () => ({
        a: scriptedModel({ answer: functionOf('n ** 2') }),
        b: scriptedModel({ answer: functionOf('n * 2') }),
        v: scriptedModel({ tests: testsOf([2, 4]), judge: judgeOf((result) => result === '0') }),
      }),
    ],
    [
      'a merge',
      task(examples),
      () => ({
        a: scriptedModel({
          answer: functionOf('n * 2 if n != 3 else 0'),
          merge: functionOf('n * 2'),
        }),
        b: scriptedModel({ answer: functionOf('n + 3') }),
        v: scriptedModel({ tests: fails('network') }),
      }),
    ],
    [
      'answers that settle it early',
      task(examples, { selection: { adaptive: true } }),
      () => ({
        a: scriptedModel({ answer: functionOf('n * 2') }),
        b: scriptedModel({ answer: functionOf('n * 2') }),
        v: scriptedModel({ tests: testsOf([2, 4]) }),
      }),
    ],
    [
      'samples, and an answer without code',
      task(text, { selection: { samples: 2, adaptive: true } }),
      () => ({
        a: scriptedModel({ answer: functionOf('n ** 2') }),
        b: scriptedModel({ answer: answers('I would double it.') }),
        v: scriptedModel({ tests: testsOf([3, 6]) }),
      }),
    ],
    [
      'seats that are ended when they can change nothing',
      task(examples, { mode: 'complex', selection: { adaptive: true } }),
      () => ({
        a: scriptedModel({ answer: functionOf('n ** 2') }),
        b: scriptedModel({ answer: functionOf('n * 2') }),
        c: scriptedModel({ answer: functionOf('n * 2') }),
        d: scriptedModel({ answer: functionOf('n * 2') }),
        e: scriptedModel({ answer: hangs('so far') }),
        v: scriptedModel({ tests: testsOf([2, 4]) }),
        w: scriptedModel({ tests: testsOf([4, 8]) }),
      }),
    ],
  ];

/** A check that accepts everything, and how often it was asked. */
function countingChecker(): AnswerChecker & { readonly checked: () => number } {
  let count = 0;
  return {
    name: 'counting',
    checked: () => count,
    check: async () => {
      count += 1;
      return [{ checker: 'counting', file: null, outcome: { status: 'passed', version: '1' } }];
    },
  };
}

/** How many programs an event stands for: each runs twice, and all in hand do when an answer is weighed. */
function jobsOf(event: StoredEvent, events: readonly StoredEvent[]): number {
  if (event.type === 'candidate-observed' || event.type === 'merge-observed') {
    return event.value.status === 'ran' ? 2 : 0;
  }
  if (event.type !== 'standing-weighed') return 0;
  const ends = events.filter((each) => each.type === 'attempt-ended');
  const upTo = ends.findIndex(({ seat }) => seat === event.seat) + 1;
  const withCode = ends
    .slice(0, upTo)
    .filter(({ value }) => value.status === 'answered' && value.text.includes('```'));
  return 2 * withCode.length;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

const isVerdict = ({ type }: StoredEvent): boolean =>
  type === 'verdict-given' || type === 'merge-verified';

const checksIn = (events: readonly StoredEvent[]): number =>
  events.filter(
    (event) =>
      isVerdict(event) && 'value' in event && JSON.stringify(event.value).includes('counting'),
  ).length;

const pick = ({ chosen, files, rule }: RunRecord['decision']) => ({ chosen, files, rule });

const isRacing = (event: StoredEvent): boolean =>
  event.type === 'standing-weighed' ||
  (event.type === 'attempt-ended' && event.seat.startsWith('primary'));

test.each(cases)(
  'run() with %s repeats no model call and no check from any event on',
  async (_, given, scripts) => {
    const make = () => {
      const [executor, checker] = [scriptedExecutor(python), countingChecker()];
      const primaries = ['a', 'b', 'c', 'd', 'e'].filter((name) => name in scripts());
      const options = { task: given, primaries, executors: [executor], answerCheckers: [checker] };
      return { ...scriptedWorld(scripts(), options), executor, checker };
    };
    const whole = make();
    const events = await whole.play();
    const expected = recordOf(events);
    const isCall = ({ type }: { readonly type: string }) =>
      /^(?:re)?(?:attempt|judgement)-ended$|^(?:tests|inputs|merge)-ended$/.test(type);
    const paid = events.filter((event) => {
      const value = isCall(event) && 'value' in event ? event.value : null;
      return value !== null && 'tries' in value && value.tries > 0;
    });
    expect(paid).toHaveLength(whole.asked());
    expect(checksIn(events)).toBe(whole.checker.checked());
    const jobs = (some: readonly StoredEvent[]) => sum(some.map((each) => jobsOf(each, events)));
    expect(jobs(events)).toBe(whole.executor.jobs);
    for (let kept = 1; kept < events.length; kept += 1) {
      const known = events.slice(0, kept);
      const resumed = make();
      const record = recordOf(await resumed.play(known));
      // Once it is known that nobody else can change anything, nobody else is asked, and nothing weighed.
      const isSettled = known.some(
        (event) => event.type === 'standing-weighed' && event.value.isEnough,
      );
      const left = events.filter((each) => !known.includes(each) && !(isSettled && isRacing(each)));
      const most = paid.filter((event) => left.includes(event)).length;
      expect(resumed.asked()).toBeLessThanOrEqual(most);
      expect(resumed.checker.checked()).toBeLessThanOrEqual(checksIn(left));
      expect(resumed.executor.jobs).toBeLessThanOrEqual(jobs(left));
      expect(record.status).toBe(expected.status);
      expect(pick(record.decision)).toEqual(pick(expected.decision));
      // Where the answers that were kept settle it, those that came beside them are not asked again.
      if (resumed.asked() < most) continue;
      expect(record.decision).toEqual(expected.decision);
      expect(record.validation).toEqual(expected.validation);
    }
  },
);
