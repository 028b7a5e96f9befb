import { expect, test } from 'vitest';
import { task } from '../testing/builders.ts';
import { scriptedExecutor } from '../testing/scripted-executor.ts';
import {
  functionOf,
  judgeOf,
  pythonOf,
  scriptedModel,
  testsOf,
} from '../testing/scripted-model.ts';
import { answers, fails, type Script } from '../testing/scripted-runner.ts';
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
  ];

test.each(cases)(
  'run() with %s repeats no model call from any event on',
  async (_, given, scripts) => {
    const make = () =>
      scriptedWorld(scripts(), { task: given, executors: [scriptedExecutor(python)] });
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
    for (let kept = 1; kept < events.length; kept += 1) {
      const known = events.slice(0, kept);
      const resumed = make();
      const record = recordOf(await resumed.play(known));
      expect(resumed.asked()).toBe(
        whole.asked() - paid.filter((event) => known.includes(event)).length,
      );
      expect(record.decision).toEqual(expected.decision);
      expect(record.validation).toEqual(expected.validation);
      expect(record.status).toBe(expected.status);
    }
  },
);
