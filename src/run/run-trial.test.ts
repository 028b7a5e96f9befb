import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../domain/event.ts';
import type { MergeWhen, SelectionOptions } from '../domain/task.ts';
import { task } from '../testing/builders.ts';
import { scriptedExecutor } from '../testing/scripted-executor.ts';
import {
  functionOf,
  judgeOf,
  pythonOf,
  questionOf,
  type Reply,
  scriptedModel,
  testsOf,
} from '../testing/scripted-model.ts';
import { answers, fails, hangs, type Script } from '../testing/scripted-runner.ts';
import { recordOf, scriptedWorld, type WorldOptions } from '../testing/scripted-world.ts';

const text = 'Write a Python function `f(n: int) -> int` that doubles its argument.';
const shown = `${text}\n\n>>> f(3)\n6\n`;

const python = pythonOf({
  'n * 2': (n) => n * 2,
  'n + n': (n) => n + n,
  'n + 3': (n) => n + 3,
  'n ** 2': (n) => n ** 2,
  'n * 2 if n != 3 else 0': (n) => (n === 3 ? 0 : n * 2),
});

interface Change extends Partial<WorldOptions> {
  readonly selection?: SelectionOptions;
}

function world(scripts: Readonly<Record<string, Script>>, change: Change = {}) {
  const executor = scriptedExecutor(python);
  const { selection, ...rest } = change;
  const options = { task: task(text, selection && { selection }), executors: [executor], ...rest };
  const made = scriptedWorld(scripts, options);
  const asked = (name: string) => made.runnerOf(name).prompts.map(questionOf);
  return { ...made, questions: asked, executor };
}

const codesOf = (events: readonly StoredEvent[]): readonly string[] =>
  recordOf(events).validation.reasons.map(({ code: each }) => each);

describe('run() with code that can be run', () => {
  test('asks validators for tests while the primaries work, and verifies by them', async () => {
    const slow = { ...functionOf('n * 2'), delayMs: 5000 };
    const { play, questions, clock } = world({
      a: scriptedModel({ answer: slow }),
      b: scriptedModel({ answer: functionOf('n ** 2') }),
      v: scriptedModel({ tests: { ...testsOf([3, 6], [5, 10]), delayMs: 5000 } }),
    });
    const record = recordOf(await play());
    expect(questions('v')).toEqual(['tests', 'review']);
    expect(clock.elapsed()).toBe(5000);
    expect(record).toMatchObject({
      status: 'complete',
      decision: { chosen: 'primary-1', verification: { status: 'partly' } },
      attempts: [{}, {}, { tries: 2 }],
    });
  });

  test.each([
    ['hang', hangs(), 20_000],
    ['fail', fails('unauthorized'), 0],
  ])('goes on without validators that %s when asked for tests', async (_, reply, elapsedMs) => {
    const { play, clock } = world({
      a: scriptedModel({ answer: functionOf('n * 2') }),
      b: scriptedModel({ answer: functionOf('n + n') }),
      v: scriptedModel({ tests: reply }),
    });
    const record = recordOf(await play());
    expect(clock.elapsed()).toBe(elapsedMs);
    expect(record).toMatchObject({ status: 'complete', decision: { rule: 'one-behaviour' } });
  });

  test('goes by the examples of the task before anything else', async () => {
    const { play } = world(
      {
        a: scriptedModel({ answer: functionOf('n ** 2') }),
        b: scriptedModel({ answer: functionOf('n * 2') }),
        v: scriptedModel({ tests: testsOf([3, 9]) }),
      },
      { task: task(shown) },
    );
    const { decision, settlement, validation } = recordOf(await play());
    expect(decision).toMatchObject({
      chosen: 'primary-2',
      rule: 'examples',
      verification: { status: 'verified' },
    });
    expect(settlement).toMatchObject({
      judgement: { status: 'none' },
      sides: [{ outcome: '6' }, { outcome: '9' }],
    });
    expect(validation.needsHumanReview).toBe(false);
  });

  test('demands a review of one answer that nothing says is right', async () => {
    const { play } = world(
      { a: scriptedModel({ answer: functionOf('n * 2') }) },
      { task: task(text, { mode: 'simple' }) },
    );
    const events = await play();
    expect(recordOf(events).decision).toMatchObject({
      chosen: 'primary-1',
      verification: { status: 'unverified' },
    });
    expect(codesOf(events)).toEqual(['no_discriminating_test']);
  });

  test('demands a review where nothing but errors is alike', async () => {
    const { play } = world({
      a: scriptedModel({ answer: functionOf('boom') }),
      b: scriptedModel({ answer: functionOf('bang') }),
      v: scriptedModel({}),
    });
    expect(codesOf(await play())).toContain('no_discriminating_test');
  });

  test('chooses an answer though all of them crash', async () => {
    const { play } = world({
      a: scriptedModel({ answer: functionOf('boom') }),
      b: scriptedModel({ answer: functionOf('bang') }),
      v: scriptedModel({}),
    });
    expect(recordOf(await play()).decision.chosen).not.toBeNull();
  });
});

describe('run() with nothing that runs code', () => {
  const scripts = () => ({
    a: scriptedModel({ answer: functionOf('n * 2') }),
    b: scriptedModel({ answer: functionOf('n ** 2') }),
    v: scriptedModel({}),
  });

  test.each([
    ['no executor', []],
    ['an executor without a sandbox', [scriptedExecutor(python, { unavailable: 'no sandbox' })]],
  ])('makes no call beside answers and reviews with %s', async (_, executors) => {
    const { play, asked, clock } = world(scripts(), { executors });
    const record = recordOf(await play());
    expect(asked()).toBe(3);
    expect(clock.elapsed()).toBe(0);
    expect(record).toMatchObject({
      status: 'complete',
      decision: { selection: null, chosen: 'primary-1' },
    });
  });

  test('runs nothing and asks for no tests in architectural mode', async () => {
    const { play, executor, asked } = world(scripts(), {
      validators: [],
      task: task(shown, { mode: 'architectural', selection: { merge: 'always', adaptive: true } }),
    });
    const record = recordOf(await play());
    expect(record.suite?.tests).toEqual([]);
    expect([executor.jobs, asked()]).toEqual([0, 2]);
  });

  test('asks for no tests where the task forbids it', async () => {
    const { play, questions } = world(scripts(), { selection: { modelTests: false } });
    await play();
    expect(questions('v')).not.toContain('tests');
    expect(questions('v')).not.toContain('inputs');
  });
});

describe('run() of two behaviours that only votes tell apart', () => {
  const split = (judge: Reply, change: Change = {}) =>
    world(
      {
        a: scriptedModel({ answer: functionOf('n ** 2') }),
        b: scriptedModel({ answer: functionOf('n * 2') }),
        v: scriptedModel({ judge }),
      },
      change,
    );

  test.each([
    ['the larger', (result: string, other: string) => Number(result) > Number(other)],
    ['the smaller', (result: string, other: string) => Number(result) < Number(other)],
  ])('takes the result that the judge names in both orders: %s', async (_, isRight) => {
    const open = await split(answers('{"demanded": "both", "why": ""}')).play();
    const [one, other] = recordOf(open).settlement?.sides ?? [];
    if (!one || !other) throw new Error('the two do not part');
    const right = isRight(one.outcome, other.outcome) ? one : other;
    const { play, questions } = split(judgeOf((result) => result === right.outcome));
    const events = await play();
    expect(questions('v')).toEqual(['tests', 'judge', 'judge', 'review']);
    expect(recordOf(events)).toMatchObject({
      status: 'complete',
      attempts: [{}, {}, { tries: 4 }],
      decision: { rule: 'judged', chosen: right.seats[0] },
    });
    expect(codesOf(events)).not.toContain('behaviour_split');
  });

  test('takes a judge that goes by the order for none, and says so', async () => {
    const events = await split(answers('{"demanded": 1, "why": "It is first"}')).play();
    expect(recordOf(events).settlement).toMatchObject({ judgement: { status: 'flipped' } });
    expect(codesOf(events)).toContain('judge_order_flip');
    expect(codesOf(events)).toContain('behaviour_split');
  });

  test('goes on when the judge fails', async () => {
    const events = await split(fails('network')).play();
    expect(recordOf(events)).toMatchObject({
      status: 'complete',
      settlement: { judgement: { status: 'none' } },
    });
    expect(codesOf(events)).toContain('behaviour_split');
  });

  test('asks no model of a family that wrote one of the two', async () => {
    const { play, questions } = split(answers('{"demanded": 1, "why": ""}'), {
      families: { v: 'a' },
    });
    const { settlement } = recordOf(await play());
    expect(settlement?.judgement).toMatchObject({ status: 'none' });
    expect([...questions('v'), ...questions('a'), ...questions('b')]).not.toContain('judge');
  });
});

describe('run() and merging', () => {
  const examples = `${text}\n\n>>> f(3)\n6\n>>> f(5)\n10\n>>> f(10)\n20\n`;
  const merging = (
    [one, other]: readonly [string, string],
    written: string,
    merge: MergeWhen = 'auto',
  ) =>
    world(
      {
        a: scriptedModel({ answer: functionOf(one), merge: functionOf(written) }),
        b: scriptedModel({ answer: functionOf(other), merge: functionOf(written) }),
        v: scriptedModel({}),
      },
      { task: task(examples, { selection: { merge } }) },
    );
  const halves = ['n * 2 if n != 3 else 0', 'n + 3'] as const;
  const right = ['n * 2', 'n ** 2'] as const;

  test('takes one that passes what both halves pass', async () => {
    const { play, questions } = merging(halves, 'n * 2');
    const record = recordOf(await play());
    expect(questions('a')).toEqual(['answer', 'merge']);
    expect(record).toMatchObject({
      merge: { taken: true, author: 'primary-1' },
      decision: { rule: 'merged', chosen: 'primary-1', verification: { status: 'verified' } },
      attempts: [{ tries: 2 }, { tries: 1 }, {}],
    });
    expect(record.decision.files[0]?.text).toMatch(/return n \* 2$/);
  });

  test.each([
    ['nothing is to be gained', right, 'auto'],
    ['the task forbids it', halves, 'never'],
  ] as const)('writes none where %s', async (_, answered, when) => {
    const { play, questions } = merging(answered, 'n * 2', when);
    expect(recordOf(await play()).merge).toBeNull();
    expect(questions('a')).toEqual(['answer']);
  });

  test('drops one that gains nothing, and makes no reason of it', async () => {
    const events = await merging(right, 'n + n', 'always').play();
    expect(recordOf(events)).toMatchObject({
      merge: { taken: false, isWorse: false },
      decision: { rule: 'examples' },
    });
    expect(codesOf(events)).not.toContain('merge_dropped');
  });

  test('drops one that loses an example, and says so', async () => {
    const events = await merging(right, 'n + 3', 'always').play();
    expect(recordOf(events)).toMatchObject({ merge: { taken: false, isWorse: true } });
    expect(codesOf(events)).toContain('merge_dropped');
  });
});

describe('run() of an adaptive task', () => {
  const adaptive = { selection: { adaptive: true } } as const;

  test('leaves it at one answer that meets all that is demanded', async () => {
    const { play, asked, questions } = world(
      {
        a: scriptedModel({ answer: functionOf('n * 2') }),
        b: scriptedModel({ answer: functionOf('n * 2') }),
        v: scriptedModel({ tests: testsOf([4, 8]) }),
      },
      { task: task(shown, adaptive) },
    );
    const events = await play();
    const record = recordOf(events);
    expect([asked(), questions('b')]).toEqual([3, []]);
    expect(record).toMatchObject({
      status: 'complete',
      attempts: [{ status: 'answered' }, { failure: { kind: 'not-needed' }, tries: 0 }, {}],
      decision: { chosen: 'primary-1', verification: { status: 'verified' } },
    });
    expect(codesOf(events)).toEqual([]);
  });

  test.each([
    ['fails an example', functionOf('n ** 2'), testsOf()],
    ['fails a test of a model', functionOf('n * 2'), testsOf([4, 9], [5, 10])],
    ['brings no answer', fails('network'), testsOf()],
  ])('asks the others when the first %s', async (_, first, written) => {
    const { play, questions } = world(
      {
        a: scriptedModel({ answer: first }),
        b: scriptedModel({ answer: functionOf('n + n') }),
        v: scriptedModel({ tests: written }),
      },
      { task: task(shown, adaptive) },
    );
    const record = recordOf(await play());
    expect(questions('b')).toContain('answer');
    expect(record.decision.verification.status).toBe('verified');
  });

  test('ends the seats that can change nothing, without a degraded run', async () => {
    const { play, clock, runnerOf } = world(
      {
        a: scriptedModel({ answer: functionOf('n ** 2') }),
        b: scriptedModel({ answer: functionOf('n * 2') }),
        c: scriptedModel({ answer: functionOf('n + n') }),
        d: scriptedModel({ answer: functionOf('n * 2') }),
        e: scriptedModel({ answer: hangs('so far') }),
        v: scriptedModel({}),
        w: scriptedModel({}),
      },
      { primaries: ['a', 'b', 'c', 'd', 'e'], task: task(shown, { mode: 'complex', ...adaptive }) },
    );
    const record = recordOf(await play());
    expect(runnerOf('e').prompts).toHaveLength(1);
    expect(clock.elapsed()).toBe(0);
    expect(record.attempts[4]).toMatchObject({
      failure: { kind: 'not-needed' },
      partialText: 'so far',
    });
    expect(record.status).toBe('complete');
  });

  test('waits for a seat that can still change the decision', async () => {
    const { play, clock } = world(
      {
        a: scriptedModel({ answer: functionOf('n ** 2') }),
        b: scriptedModel({ answer: functionOf('n * 2') }),
        c: scriptedModel({ answer: hangs() }),
        v: scriptedModel({}),
        w: scriptedModel({}),
      },
      { primaries: ['a', 'b', 'c'], task: task(shown, { mode: 'complex', ...adaptive }) },
    );
    expect(recordOf(await play()).status).toBe('degraded');
    expect(clock.elapsed()).toBe(60_000);
  });
});

test('run() tries several answers of one model, which share a vote', async () => {
  const tries = [functionOf('n ** 2'), functionOf('n * 2')].values();
  const { play } = world(
    {
      a: scriptedModel({ answer: () => tries.next().value ?? functionOf('n + n') }),
      b: scriptedModel({ answer: functionOf('n + n') }),
      v: scriptedModel({}),
    },
    { selection: { samples: { a: 3 } } },
  );
  const record = recordOf(await play());
  expect(record.candidates.map(({ seat }) => seat)).toEqual([
    'primary-1',
    'primary-1.2',
    'primary-1.3',
    'primary-2',
  ]);
  expect(record.decision.chosen).not.toBe('primary-1');
  expect(record.decision.selection?.behaviours[0]).toMatchObject({ families: 2 });
});
