import { expect, test } from 'vitest';
import type { Engine, JobEnd } from '../domain/engine.ts';
import { memoryStore } from '../history/memory-store.ts';
import { task } from '../testing/builders.ts';
import { type VirtualClock, virtualClock } from '../testing/virtual-clock.ts';
import type { BatchItem, BatchOutcome } from './run-batch.ts';
import { runSharedBatch } from './run-shared-batch.ts';

const item: BatchItem = { line: 1, id: null, status: 'task', task: task('Add'), limits: {} };
const none = { waiting: 0, active: 0, done: 0, failed: 0, cancelled: 0 };

/** An engine that says how many jobs it has, and tells their ends when it is told to. */
function engine(clock: VirtualClock) {
  const submitted: string[] = [];
  let counts = none;
  let onEnd: ((end: JobEnd) => void) | undefined;
  const made: Engine = {
    submit: async ({ id }) => {
      submitted.push(id);
    },
    follow: async (_batch, told) => {
      onEnd = told;
      return async () => undefined;
    },
    work: () => Promise.reject(new Error('nobody works here')),
    counts: async () => counts,
    pause: async () => undefined,
    proceed: async () => undefined,
    cancel: async () => undefined,
    close: async () => undefined,
  };
  const store = memoryStore({ now: clock.now, holder: 'this', isGone: () => false });
  return {
    run: () => runSharedBatch([item], { engine: made, store, clock }, { key: 'b', concurrency: 1 }),
    has: (change: Partial<typeof none>) => {
      counts = { ...none, ...change };
    },
    fail: () => {
      const [id = ''] = submitted;
      onEnd?.({ id, batch: 'b', position: 1, status: 'failed', message: 'no such model' });
    },
  };
}

async function all(outcomes: AsyncIterable<BatchOutcome>): Promise<readonly BatchOutcome[]> {
  const seen: BatchOutcome[] = [];
  for await (const each of outcomes) seen.push(each);
  return seen;
}

test('runSharedBatch() ends when two looks find none of the tasks that it waits for', async () => {
  const clock = virtualClock();
  const { run } = engine(clock);
  const ran = all(run());
  const refused = expect(ran).rejects.toMatchObject({ code: 'bad-engine' });
  await clock.advance(10_000);
  await refused;
});

test('runSharedBatch() waits as long as the engine has its tasks', async () => {
  const clock = virtualClock();
  const { run, has, fail } = engine(clock);
  has({ active: 1 });
  const ran = all(run());
  await clock.advance(60_000);
  has({});
  await clock.advance(5_000);
  has({ waiting: 1 });
  await clock.advance(5_000);
  has({ failed: 1 });
  fail();
  expect(await ran).toMatchObject([{ status: 'not-run', because: 'no such model' }]);
});
