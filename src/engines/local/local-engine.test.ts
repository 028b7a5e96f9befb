import { describe, expect, test } from 'vitest';
import { task } from '../../testing/builders.ts';
import { describeEngine } from '../../testing/describe-engine.ts';
import { countedWork, endsOf, jobsOf } from '../../testing/engine-work.ts';
import { localEngine } from './local-engine.ts';

describeEngine(
  'local',
  async () => {
    const engine = localEngine({ room: 100 });
    return { open: async () => engine, [Symbol.asyncDispose]: async () => undefined };
  },
  { describe, test },
);

describe('localEngine()', () => {
  test('lets whoever submits wait while as many jobs wait as there is room for', async () => {
    const [engine, work] = [localEngine({ room: 2 }), countedWork()];
    const ends = await endsOf(engine, 'b');
    let taken = 0;
    const submitted = (async () => {
      for (const job of jobsOf('b', 6)) {
        await engine.submit({ ...job, task: task('gated') });
        taken += 1;
      }
    })();
    await engine.work(work.perform, { concurrency: 1 });
    await work.begunAtLeast(1);
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    // One is in hand, and the second that waits fills the room.
    expect(taken).toBe(2);
    expect(await engine.counts('b')).toMatchObject({ active: 1, waiting: 2 });
    work.open();
    await submitted;
    await ends.atLeast(6);
    await engine.close();
  });

  test('lets nobody wait for ever when it is closed, and refuses what comes then', async () => {
    const [engine, work] = [localEngine({ room: 1 }), countedWork()];
    await engine.work(work.perform, { concurrency: 1 });
    const jobs = jobsOf('b', 4).map((job) => ({ ...job, task: task('gated') }));
    const submitted = Promise.all(jobs.map((job) => engine.submit(job)));
    await work.begunAtLeast(1);
    await engine.close();
    await submitted;
    expect(work.begun).toEqual(['b1']);
    await expect(engine.counts('b')).rejects.toMatchObject({ code: 'bad-engine' });
  });
});
