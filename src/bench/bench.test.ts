import { expect, test } from 'vitest';
import type { BenchRow } from '../domain/bench.ts';
import type { Executor, Observation } from '../domain/executor.ts';
import type { Call } from '../domain/test-case.ts';
import type { Value } from '../domain/value.ts';
import { valueOfJson } from '../specify/value-of-json.ts';
import { type BenchOptions, bench } from './bench.ts';
import type { Pool, PoolSample, PoolTask } from './pool.ts';

/** Runs the trusted JavaScript of these tests in this process. */
class OwnProcess implements Executor {
  readonly languages: readonly string[] = ['javascript'];
  readonly scripts: string[] = [];

  async available() {
    return {
      status: 'ready' as const,
      sandbox: { level: 'none' as const, mechanism: 'none', promisesNot: [] },
    };
  }

  async observe({ program, calls }: Parameters<Executor['observe']>[0]) {
    return calls.map((call) => this.#observe(program.files[0].text, call));
  }

  async evaluate(): Promise<readonly undefined[]> {
    return [];
  }

  async close(): Promise<void> {}

  #observe(text: string, call: Call): Observation {
    if (call.kind === 'script') this.scripts.push(call.statements);
    try {
      const value: unknown = new Function(`${text}\n${sourceOf(call)}`)();
      return { kind: 'returned', value: valueOfJson(value), printed: '', changed: [] };
    } catch (error) {
      return { kind: 'raised', error: 'Error', message: String(error), printed: '' };
    }
  }
}

function sourceOf(call: Call): string {
  if (call.kind === 'script') return `${call.statements}\nreturn ${call.expression}`;
  if (call.kind === 'call') return `return ${call.name}(${call.args.map(literal).join()})`;
  return '';
}

function literal(value: Value): string {
  return typeof value === 'object' && value && 'int' in value ? value.int : JSON.stringify(value);
}

const right = 'function double(x) { return x * 2; }';
const alsoRight = 'function double(number) {\n  return number + number;\n}';
const wrong = 'function double(x) { return x * x; }';

const sample = (model: string, code: string, passes: boolean | null): PoolSample => ({
  model,
  index: 0,
  rawOutput: null,
  code,
  passes,
});

const double: PoolTask = {
  id: 'double',
  language: 'javascript',
  prompt: 'Write a JavaScript function `double(x)`. For example, double(2) => 4.',
  entryPoint: 'double',
  hiddenTests: 'if (double(5) !== 10) throw new Error("wrong");',
  visibleTests: null,
  generatedTests: [],
  samples: [sample('a', right, null), sample('b', wrong, null), sample('c', alsoRight, null)],
};

const options: BenchOptions = {
  seed: 1,
  inputs: 20,
  panel: undefined,
  panels: 10,
  models: undefined,
  prior: { kind: 'none' },
  limit: undefined,
  jobs: 2,
};

async function benched(tasks: readonly PoolTask[], given: Partial<BenchOptions> = {}) {
  const executor = new OwnProcess();
  const pool: Pool = { tasks, badLines: [] };
  const outcome = await bench(
    pool,
    { ...options, ...given },
    {
      executor,
      scorer: executor,
      checkers: [],
      signal: new AbortController().signal,
      elapsed: () => 0,
      onProgress: () => undefined,
    },
  );
  return { ...outcome, executor, rate: rateIn(outcome.report.rows) };
}

function rateIn(rows: readonly BenchRow[]): (rule: string) => number | undefined {
  return (rule) => rows.find((row) => row.rule === rule)?.pass_rate;
}

test('bench() scores by the hidden tests what nobody has run', async () => {
  const { rate, report } = await benched([double]);
  expect(rate('random')).toBeCloseTo(2 / 3);
  expect(rate('single:a')).toBe(1);
  expect(rate('single:b')).toBe(0);
  expect(rate('oracle')).toBe(1);
  expect(report).toMatchObject({
    tasks: 1,
    candidates: 3,
    programs: 3,
    unscored: 0,
    is_whole: true,
  });
});

test('bench() chooses by behaviour where the example separates nothing', async () => {
  const { rate, details } = await benched([double]);
  expect(rate('examples-then-stronger')).toBeCloseTo(2 / 3);
  expect(rate('ours')).toBe(1);
  expect(details[0]).toMatchObject({ examples: 1, reason: 'score' });
});

test('bench() believes what is recorded of code that it did not change', async () => {
  const samples = [sample('a', wrong, true), sample('b', right, false)];
  const { rate, executor } = await benched([{ ...double, samples }]);
  expect([rate('single:a'), rate('single:b')]).toEqual([1, 0]);
  expect(executor.scripts).toEqual([]);
});

test('bench() never lets hidden tests or recorded results change a choice', async () => {
  const honest = await benched([double]);
  const samples = double.samples.map((one) => ({ ...one, passes: one.code === wrong }));
  const lying = await benched([{ ...double, hiddenTests: 'throw 1', samples }]);
  expect(lying.details.map(({ chosen, reason }) => ({ chosen, reason }))).toEqual(
    honest.details.map(({ chosen, reason }) => ({ chosen, reason })),
  );
});

test('bench() runs a program that several models wrote once', async () => {
  const samples = [sample('a', right, null), sample('b', right, null)];
  expect((await benched([{ ...double, samples }])).report.programs).toBe(1);
});

test('bench() counts an answer without code as wrong', async () => {
  const prose = { ...sample('b', '', null), rawOutput: 'I cannot do that.', code: null };
  const { rate } = await benched([{ ...double, samples: [sample('a', right, null), prose] }]);
  expect([rate('random'), rate('single:b'), rate('ours')]).toEqual([0.5, 0, 1]);
});

test('bench() compares random panels of so many models', async () => {
  const { report } = await benched([double], { panel: 2, panels: 7 });
  expect(report).toMatchObject({ panels: 7, candidates: 14 });
});

test('bench() lets a given strength decide where nothing else does', async () => {
  const two = { ...double, prompt: 'Write a JavaScript function double(x).' };
  const samples = [sample('a', right, null), sample('b', wrong, null)];
  for (const [a, b, expected] of [
    [0.9, 0.2, 1],
    [0.2, 0.9, 0],
  ] as const) {
    const prior = { kind: 'given', strengths: { a, b } } as const;
    const { rate } = await benched([{ ...two, samples }], { prior });
    expect(rate('ours')).toBe(expected);
  }
});

test('bench() learns strengths from the other tasks only', async () => {
  const tasks = ['1', '2', '3'].map((id) => ({
    ...double,
    id,
    prompt: 'Write a JavaScript function double(x).',
    samples: [sample('a', right, id !== '1'), sample('b', wrong, id === '1')],
  }));
  const { details } = await benched(tasks, { prior: { kind: 'learned' } });
  expect(details.map(({ chosen }) => chosen)).toEqual([
    'a',
    expect.any(String),
    expect.any(String),
  ]);
});

test('bench() sees strengths in whose behaviour is chosen on the other tasks, without what is right', async () => {
  const prompt = 'Write a JavaScript function double(x).';
  const all = [sample('a', right, false), sample('b', alsoRight, false), sample('c', wrong, true)];
  const tasks = ['1', '2', '3'].map((id) => ({ ...double, id, prompt, samples: all }));
  // The same size, so that nothing but the models tells the two apart.
  const two = [sample('c', wrong, true), sample('b', right.replace('* 2', '+ x'), false)];
  const last = { ...double, id: '4', prompt, samples: two };
  const { details } = await benched([...tasks, last], { prior: { kind: 'visible' } });
  expect(details.at(-1)).toMatchObject({ chosen: 'b', reason: 'score' });
});
