import { describe, expect, test } from 'vitest';
import type { Observation } from '../domain/executor.ts';
import { codeCandidate, proseCandidate, suite, testCase } from '../testing/builders.ts';
import { raised, returned, scriptedExecutor } from '../testing/scripted-executor.ts';
import { observe } from './observe.ts';

const signal = new AbortController().signal;
const python = codeCandidate('primary-1', 'code', { language: 'python' });
const made = suite([testCase('example-1', [1, 1]), testCase('generated-1', [2])]);

/** What each call does, one after the other, over both runs. */
const inTurn = (...observations: readonly [Observation, ...Observation[]]) => {
  const left = observations.values();
  return scriptedExecutor(() => left.next().value ?? observations[0]);
};
const observing = (executor: ReturnType<typeof scriptedExecutor>, candidate = python) =>
  observe(candidate, made, { executors: [executor], signal });
const one = returned({ int: '1' });
const two = returned({ int: '2' });

describe('observe()', () => {
  test('has one row for each test, in the order of the suite', async () => {
    // The second run goes backwards.
    const seen = await observing(inTurn(one, two, two, one));
    expect(seen).toMatchObject({ status: 'ran', seat: 'primary-1', rows: [one, two] });
  });

  test('takes what differs between two runs for flaky', async () => {
    const seen = await observing(inTurn(one, two, one, one));
    expect(seen).toMatchObject({ rows: [one, { kind: 'flaky' }] });
  });

  test('takes a candidate that goes by chance at its word only where something is demanded', async () => {
    const three = returned({ int: '3' });
    const tests = [
      testCase('example-1', [1, 2]),
      ...['2', '3', '4'].map((id) => testCase(`generated-${id}`, [1])),
    ];
    const lucky = inTurn(two, one, one, three, three, two, two, two);
    const seen = await observe(python, suite(tests), { executors: [lucky], signal });
    expect(seen).toMatchObject({
      rows: [two, { kind: 'flaky' }, { kind: 'flaky' }, { kind: 'flaky' }],
    });
  });

  test('does not take a second run that was cut off for another behaviour', async () => {
    const cut: Observation = { kind: 'not-run', because: 'cancelled' };
    expect(await observing(inTurn(one, two, cut, cut))).toMatchObject({ rows: [one, two] });
  });

  test('does not repeat what took all its time', async () => {
    const slow: Observation = { kind: 'timed-out', limitMs: 3000 };
    expect(await observing(inTurn(slow, raised('E'), raised('E')))).toMatchObject({
      rows: [slow, raised('E')],
    });
  });

  test.each([
    ['prose', proseCandidate('primary-1', 'Well'), 'the answer has no code'],
    [
      'a language that nothing runs',
      codeCandidate('primary-1', 'x', { language: 'cobol' }),
      'nothing runs cobol here',
    ],
  ])('does not run %s', async (_, candidate, because) => {
    const seen = await observe(candidate, made, { executors: [inTurn(one)], signal });
    expect(seen).toEqual({ status: 'not-run', seat: 'primary-1', because, remedy: null });
  });

  test('says what would let it run where there is no sandbox', async () => {
    const executor = scriptedExecutor(() => one, { unavailable: 'no sandbox' });
    expect(await observing(executor)).toMatchObject({
      because: 'no sandbox',
      remedy: 'Install one',
    });
  });

  test('calls the function by the name that an answer gave it', async () => {
    const names: string[] = [];
    const executor = scriptedExecutor((_, call) => {
      if (call.kind === 'call') names.push(call.name);
      return one;
    });
    const { entry } = made;
    if (entry?.kind !== 'function') throw new Error('no function');
    const renamed = { ...made, entry: { ...entry, aliases: { 'primary-1': 'g' } } };
    await observe(python, renamed, { executors: [executor], signal });
    expect(new Set(names)).toEqual(new Set(['g']));
  });

  test('gives a script to no program of another language', async () => {
    const script = { kind: 'script', statements: '', expression: 'f(1)' } as const;
    const scripted = suite([testCase('example-1', [1], { call: script })]);
    const js = codeCandidate('primary-1', 'x', { language: 'javascript' });
    const executor = scriptedExecutor(() => one, { languages: ['javascript'] });
    const seen = await observe(js, scripted, { executors: [executor], signal });
    expect(seen).toMatchObject({ rows: [{ kind: 'not-run' }] });
  });
});
