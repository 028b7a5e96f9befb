import { describe, expect, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import type { AskContext, Outcome, Runner } from '../../domain/runner.ts';
import { moduleRunner } from './module.ts';

/** A runner of a module of this text, which needs no file. */
function runnerOf(source: string): Runner {
  return runnerAt(`data:text/javascript,${encodeURIComponent(source)}`);
}

function runnerAt(url: string): Runner {
  const settings = {
    type: 'module',
    url,
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
  } as const;
  return moduleRunner('mine', settings, { env: {}, clock: realClock });
}

function ask(runner: Runner, change: Partial<AskContext> = {}): Promise<Outcome> {
  const { signal } = new AbortController();
  const context = { signal, limitMs: 10_000, report: () => undefined, ...change };
  return runner.ask({ system: 'Be short.', text: 'Hi' }, context);
}

describe('moduleRunner()', () => {
  test.each([
    ['a class', 'export default class Mine { name = "m"; execute(p) { return p } }'],
    [
      'a class with fields below',
      'class A { name = "m" }; export default class extends A { async execute(p) { return p } }',
    ],
    ['a function', 'export default () => ({ name: "m", execute: async (p) => p })'],
    ['an async function', 'export const runner = async () => ({ name: "m", execute: (p) => p })'],
    ['an object', 'export const runner = { name: "m", execute: async (p) => p }'],
  ])('takes %s', async (_case, source) => {
    const runner = runnerOf(source);
    expect(runner.name).toBe('mine');
    expect(await runner.available()).toMatchObject({ status: 'available' });
    expect(await ask(runner)).toMatchObject({ status: 'answered', text: 'Be short.\n\nHi' });
  });

  test.each([
    ['exports nothing', 'export const other = 1', 'it exports no model runner'],
    ['exports no runner', 'export default { name: "m" }', 'it exports no model runner'],
    ['throws when it is loaded', 'throw new Error("no luck")', 'no luck'],
    ['throws when it is made', 'export default () => { throw new Error("no luck") }', 'no luck'],
    ['does not parse', 'export default (', ''],
  ])('is bad usage when the module %s', async (_case, source, words) => {
    const runner = runnerOf(source);
    const found = await runner.available();
    expect(found).toMatchObject({ status: 'unavailable', kind: 'bad-usage' });
    expect('message' in found && found.message).toContain(words);
    expect(await ask(runner)).toMatchObject({ status: 'failed', failure: { kind: 'bad-usage' } });
  });

  test('is bad usage when there is no such file', async () => {
    const found = await runnerAt('file:///no/such/module.js').available();
    expect(found).toMatchObject({ status: 'unavailable', kind: 'bad-usage' });
  });
});
