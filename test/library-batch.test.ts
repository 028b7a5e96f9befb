import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  BaseModelRunner,
  type BatchResult,
  type BatchTask,
  type ExecuteContext,
  ExecutionMode,
  Orchestrator,
} from '../src/index.ts';
import { answer } from './cli-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'library-batch-'));
afterAll(() => rmSync(folder, { recursive: true }));

class Counting extends BaseModelRunner {
  readonly name = 'a';
  readonly asked: string[] = [];
  inside = 0;
  most = 0;

  async execute(prompt: string, { signal }: ExecuteContext): Promise<string> {
    this.asked.push(/Task \d+/.exec(prompt)?.[0] ?? '');
    this.inside += 1;
    this.most = Math.max(this.most, this.inside);
    await new Promise((resolve) => setImmediate(resolve));
    this.inside -= 1;
    signal.throwIfAborted();
    return answer;
  }
}

function orchestrator(history?: string) {
  const runner = new Counting();
  const orch = new Orchestrator({ ...(history !== undefined && { history }) });
  orch.runners['a'] = runner;
  return { orch, runner };
}

const options = { models: ['a'], mode: ExecutionMode.SIMPLE } as const;
const taskOf = (place: number): BatchTask => ({ task: `Task ${place}`, ...options });
const places = (results: readonly BatchResult[]): readonly number[] =>
  results.map(({ place }) => place).toSorted((one, other) => one - other);

async function gather(results: AsyncIterable<BatchResult>): Promise<readonly BatchResult[]> {
  const all: BatchResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe('Orchestrator.batch()', () => {
  test('gives what came of each task, no more at once than wanted', async () => {
    const { orch, runner } = orchestrator();
    const tasks = Array.from({ length: 12 }, (_, index) => taskOf(index + 1));
    const results = await gather(orch.batch([...tasks, { task: ' ' }], { concurrency: 3 }));
    expect(places(results)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
    expect(results.filter(({ status }) => status === 'ran')).toHaveLength(12);
    expect(results.find(({ place }) => place === 13)).toMatchObject({
      status: 'invalid',
      because: expect.stringContaining('the task is empty'),
    });
    expect(runner.most).toBe(3);
  });

  test('takes no more tasks than it has room for while nobody takes results', async () => {
    const { orch, runner } = orchestrator();
    let made = 0;
    function* endless() {
      for (;;) yield taskOf(++made);
    }
    let taken = 0;
    for await (const result of orch.batch(endless(), { concurrency: 2 })) {
      expect(result.status).toBe('ran');
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (++taken === 5) break;
    }
    expect(runner.asked.length).toBeLessThan(12);
    expect(made).toBeLessThan(40);
  });

  test('goes on with a batch of the same name, and repeats no run that has ended', async () => {
    const history = join(folder, 'named.db');
    const first = orchestrator(history);
    for await (const { place } of first.orch.batch([1, 2, 3].map(taskOf), { name: 'n' })) {
      if (place > 0) break;
    }
    const asked = new Set(first.runner.asked);
    const second = orchestrator(history);
    const results = await gather(second.orch.batch([1, 2, 3].map(taskOf), { name: 'n' }));
    expect(places(results)).toEqual([1, 2, 3]);
    const repeated = second.runner.asked.filter((task) => asked.has(task));
    // Those that were in hand when the loop was left are asked again; what had ended is not.
    expect(second.runner.asked.length).toBeLessThan(3);
    expect(repeated.length).toBeLessThanOrEqual(2);
    const third = orchestrator(history);
    expect(await gather(third.orch.batch([1, 2, 3].map(taskOf), { name: 'n' }))).toHaveLength(3);
    expect(third.runner.asked).toEqual([]);
  });

  test('rejects with cancelled once its signal aborts', async () => {
    const { orch } = orchestrator();
    const controller = new AbortController();
    const results = orch.batch([1, 2, 3, 4].map(taskOf), {
      signal: controller.signal,
      concurrency: 1,
    });
    await results.next();
    controller.abort();
    await expect(gather(results)).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('refuses a concurrency that is none', async () => {
    const { orch } = orchestrator();
    await expect(orch.batch([], { concurrency: 0 }).next()).rejects.toMatchObject({
      code: 'bad-usage',
    });
  });
});
