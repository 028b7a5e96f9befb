import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { task } from './builders.ts';
import type { EngineCase, EnginePlace } from './describe-engine.ts';
import { countedWork, endsOf, jobOf, jobsOf, submitAll } from './engine-work.ts';

/** What an engine has to do besides whose jobs outlive the process that submitted them. */
export const durableEngineCases: readonly EngineCase[] = [
  {
    title: 'shares the jobs of a batch between all who use it, none twice',
    check: async (place) => {
      const [one, other] = [await place.open(), await place.open()];
      const works = [countedWork(), countedWork()] as const;
      await one.work(works[0].perform, { concurrency: 2 });
      await other.work(works[1].perform, { concurrency: 2 });
      const [told, heard] = [await endsOf(one, 'b'), await endsOf(other, 'b')];
      const jobs = jobsOf('b', 30);
      await Promise.all([submitAll(one, jobs), submitAll(other, jobs)]);
      await Promise.all([told.atLeast(30), heard.atLeast(30)]);
      const begun = works.flatMap((work) => work.begun).toSorted();
      assert.deepEqual(begun, jobs.map(({ id }) => id).toSorted());
      assert.equal(new Set(heard.list.map(({ id }) => id)).size, 30);
    },
  },
  {
    title: 'keeps what was submitted when the process that did is gone',
    check: async (place) => {
      const gone = await place.open();
      await submitAll(gone, jobsOf('b', 3));
      await gone.close();
      const [engine, work] = [await place.open(), countedWork()];
      const ends = await endsOf(engine, 'b');
      await engine.work(work.perform, { concurrency: 1 });
      await ends.atLeast(3);
      assert.deepEqual(work.begun, ['b1', 'b2', 'b3']);
    },
  },
  {
    title: 'gives the job of a worker that was killed to another, and its ended ones to nobody',
    check: async (place) => {
      const engine = await place.open();
      const ends = await endsOf(engine, 'b');
      const worker = startWorker(place);
      await engine.submit(jobOf('b1'));
      await engine.submit(jobOf('b2', { position: 2, task: task('hangs') }));
      await worker.told('begun b2');
      await ends.atLeast(1);
      const work = countedWork();
      worker.child.kill('SIGKILL');
      await once(worker.child, 'exit');
      await engine.work(work.perform, { concurrency: 1 });
      await ends.atLeast(2);
      assert.deepEqual(work.begun, ['b2']);
      assert.deepEqual(
        ends.list.map(({ id, status }) => `${id} ${status}`),
        ['b1 done', 'b2 done'],
      );
    },
  },
];

interface ToldWorker {
  readonly child: ChildProcess;
  /** Resolves when the worker has written the line. */
  told(line: string): Promise<void>;
}

function startWorker({ startWorker: start }: EnginePlace): ToldWorker {
  const child = start?.();
  if (!child?.stdout) throw new Error('a durable engine has to start a worker with a pipe');
  const lines = createInterface({ input: child.stdout });
  const seen = new Set<string>();
  lines.on('line', (line) => seen.add(line));
  return {
    child,
    told: async (line) => {
      while (!seen.has(line)) await once(lines, 'line');
    },
  };
}
