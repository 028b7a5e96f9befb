import assert from 'node:assert/strict';
import { task } from './builders.ts';
import type { EngineCase } from './describe-engine.ts';
import { countedWork, endsOf, jobOf, jobsOf, submitAll } from './engine-work.ts';

const never = new AbortController().signal;
const gated = task('gated');
const ids = (jobs: readonly { readonly id: string }[]): readonly string[] =>
  jobs.map(({ id }) => id).toSorted();

/** Everything that an engine has to do, wherever its jobs are. */
export const engineCases: readonly EngineCase[] = [
  {
    title: 'performs every job once, and tells its end once',
    check: async (place) => {
      const engine = await place.open();
      const [work, ends] = [countedWork(), await endsOf(engine, 'b')];
      await engine.work(work.perform, { concurrency: 3 });
      const jobs = jobsOf('b', 20);
      await submitAll(engine, jobs);
      await ends.atLeast(20);
      assert.deepEqual(work.begun.toSorted(), ids(jobs));
      assert.deepEqual(ids(ends.list), ids(jobs));
      assert.ok(ends.list.every(({ status, batch }) => status === 'done' && batch === 'b'));
      const places = new Map(ends.list.map(({ id, position }) => [id, position]));
      assert.equal(places.get('b7'), 7);
      assert.deepEqual(await engine.counts('b'), counts({ done: 20 }));
    },
  },
  {
    title: 'hands the task and the limits of a job to whoever performs it',
    check: async (place) => {
      const engine = await place.open();
      const handed = Promise.withResolvers<object>();
      await engine.work(async (each) => handed.resolve(each), { concurrency: 1 });
      const job = jobOf('whole', { task: task('Grüße "x"\n'), limits: { timeoutMs: 7 } });
      await engine.submit(job);
      assert.deepEqual(stored(await handed.promise), stored(job));
    },
  },
  {
    title: 'performs no more at once than the worker wants, and as many',
    check: async (place) => {
      const engine = await place.open();
      const [work, ends] = [countedWork(), await endsOf(engine, 'b')];
      await engine.work(work.perform, { concurrency: 3 });
      const submitted = submitAll(engine, jobsOf('b', 12).map(gatedOne));
      await work.begunAtLeast(3);
      work.open();
      await submitted;
      await ends.atLeast(12);
      assert.equal(work.most(), 3);
    },
  },
  {
    title:
      'takes a job once that is submitted again, while it waits, while it goes on and when it has ended',
    check: async (place) => {
      const engine = await place.open();
      const [work, ends] = [countedWork(), await endsOf(engine, 'b')];
      const job = jobOf('twice', { task: gated });
      await engine.submit(job);
      await engine.submit(job);
      await engine.work(work.perform, { concurrency: 2 });
      await work.begunAtLeast(1);
      await engine.submit(job);
      work.open();
      await ends.atLeast(1);
      await engine.submit(job);
      await engine.submit(jobOf('last', { position: 2 }));
      await ends.atLeast(2);
      assert.deepEqual(work.begun, ['twice', 'last']);
      assert.deepEqual(ids(ends.list), ['last', 'twice']);
    },
  },
  {
    title: 'performs earlier places first, also before later ones of an older batch',
    check: async (place) => {
      const engine = await place.open();
      await submitAll(engine, jobsOf('old', 3));
      await submitAll(engine, jobsOf('young', 2));
      const [work, old] = [countedWork(), await endsOf(engine, 'old')];
      const young = await endsOf(engine, 'young');
      await engine.work(work.perform, { concurrency: 1 });
      await Promise.all([old.atLeast(3), young.atLeast(2)]);
      assert.deepEqual(work.begun, ['old1', 'young1', 'old2', 'young2', 'old3']);
    },
  },
  {
    title: 'tells the ends of before once to who follows later, and nothing to who has stopped',
    check: async (place) => {
      const engine = await place.open();
      const [work, early] = [countedWork(), await endsOf(engine, 'b')];
      await engine.work(work.perform, { concurrency: 2 });
      await submitAll(engine, jobsOf('b', 3));
      await early.atLeast(3);
      await early.stop();
      const late = await endsOf(engine, 'b');
      await engine.submit(jobOf('b4', { position: 4 }));
      await late.atLeast(4);
      assert.deepEqual(ids(late.list), ['b1', 'b2', 'b3', 'b4']);
      assert.equal(early.list.length, 3);
    },
  },
  {
    title: 'repeats nothing for a job that fails, and says why it did',
    check: async (place) => {
      const engine = await place.open();
      const [work, ends] = [countedWork(), await endsOf(engine, 'b')];
      const [first, ...others] = jobsOf('b', 5);
      await engine.work(work.perform, { concurrency: 2 });
      await submitAll(engine, [jobOf(first?.id ?? '', { task: task('fails') }), ...others]);
      await ends.atLeast(5);
      assert.deepEqual(work.begun.toSorted(), ['b1', 'b2', 'b3', 'b4', 'b5']);
      assert.partialDeepStrictEqual(
        ends.list.find(({ id }) => id === 'b1'),
        { status: 'failed', message: 'It cannot be done' },
      );
      assert.deepEqual(await engine.counts('b'), counts({ done: 4, failed: 1 }));
    },
  },
  {
    title: 'holds the jobs of a paused batch back, and those of no other',
    check: async (place) => {
      const engine = await place.open();
      const [work, ends] = [countedWork(), await endsOf(engine, 'b')];
      const other = await endsOf(engine, 'other');
      await engine.pause('b');
      await engine.work(work.perform, { concurrency: 2 });
      await submitAll(engine, [...jobsOf('b', 3), ...jobsOf('other', 2)]);
      await other.atLeast(2);
      assert.deepEqual(work.begun.toSorted(), ['other1', 'other2']);
      assert.deepEqual(await engine.counts('b'), counts({ waiting: 3 }));
      await engine.proceed('b');
      await ends.atLeast(3);
      assert.deepEqual(ids(ends.list), ['b1', 'b2', 'b3']);
    },
  },
  {
    title: 'ends all jobs of a cancelled batch, begun or not, and those of no other',
    check: async (place) => {
      const engine = await place.open();
      const [work, ends] = [countedWork(), await endsOf(engine, 'b')];
      const other = await endsOf(engine, 'other');
      await engine.work(work.perform, { concurrency: 2 });
      await submitAll(engine, jobsOf('b', 5).map(gatedOne));
      await work.begunAtLeast(2);
      await engine.cancel('b');
      await ends.atLeast(5);
      assert.ok(ends.list.every(({ status }) => status === 'cancelled'));
      assert.deepEqual(await engine.counts('b'), counts({ cancelled: 5 }));
      await submitAll(engine, jobsOf('other', 2));
      await other.atLeast(2);
      assert.deepEqual(work.begun.toSorted(), ['b1', 'b2', 'other1', 'other2']);
    },
  },
  {
    title: 'lets a worker that leaves end what it has in hand, and leaves the rest to others',
    check: async (place) => {
      const engine = await place.open();
      const [leaving, staying] = [countedWork(), countedWork()];
      const ends = await endsOf(engine, 'b');
      const worker = await engine.work(leaving.perform, { concurrency: 2 });
      await submitAll(engine, jobsOf('b', 6).map(gatedOne));
      await leaving.begunAtLeast(2);
      const drained = worker.drain(never);
      leaving.open();
      await drained;
      assert.equal(leaving.begun.length, 2);
      staying.open();
      await engine.work(staying.perform, { concurrency: 2 });
      await ends.atLeast(6);
      assert.equal(staying.begun.length, 4);
      assert.ok(ends.list.every(({ status }) => status === 'done'));
    },
  },
  {
    title: 'gives what a worker has in hand to others when it is told to leave at once',
    check: async (place) => {
      const engine = await place.open();
      const [leaving, staying] = [countedWork(), countedWork()];
      const ends = await endsOf(engine, 'b');
      const worker = await engine.work(leaving.perform, { concurrency: 2 });
      await submitAll(engine, jobsOf('b', 2).map(gatedOne));
      await leaving.begunAtLeast(2);
      await worker.drain(AbortSignal.abort());
      assert.deepEqual(ends.list, []);
      staying.open();
      await engine.work(staying.perform, { concurrency: 2 });
      await ends.atLeast(2);
      assert.deepEqual(staying.begun.toSorted(), ['b1', 'b2']);
      assert.ok(ends.list.every(({ status }) => status === 'done'));
    },
  },
];

function gatedOne<Job extends object>(job: Job): Job & { readonly task: typeof gated } {
  return { ...job, task: gated };
}

function counts(known: Readonly<Record<string, number>>): object {
  return { waiting: 0, active: 0, done: 0, failed: 0, cancelled: 0, ...known };
}

/** What JSON leaves of a value: members that are undefined are gone. */
function stored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}
