import assert from 'node:assert/strict';
import type { StoredEvent } from '../domain/event.ts';
import {
  type HeldRun,
  type HistoryStore,
  type KeptEvent,
  leaseMs,
  type StartEvent,
} from '../domain/history.ts';
import { answered, decision, plan, proseCandidate, seat, task } from './builders.ts';
import { creditCases } from './credit-cases.ts';
import type { HistoryCase } from './history-case.ts';
import { startMs } from './processes-on-place.ts';

const planned = { type: 'plan-made', value: plan([seat('primary-1', 'a')]) } as const;

/** Everything that a history has to do, wherever it keeps runs. */
export const historyCases: readonly HistoryCase[] = [
  {
    title: 'keeps the events of a run in order, with their times and every letter',
    check: async (use) => {
      const store = await use.open('a');
      const run = await store.begin(started('Grüße \u0000 \ud83d\ude00 "quoted"'));
      const events = [at(planned, 5), at(answeredBy('primary-1', 'x\ud800\n'), 9)];
      for (const event of events) await run.append(event);
      const other = await use.open('b');
      assert.deepEqual(await other.events(run.id), [run.past[0], ...events]);
    },
  },
  {
    title: 'keeps all of many events that are appended at once',
    check: async (use) => {
      const run = await (await use.open('a')).begin(started('many'));
      const seats = Array.from({ length: 50 }, (_, index) => `primary-${index + 1}`);
      await Promise.all(seats.map((id) => run.append(at(answeredBy(id, id)))));
      const kept = await (await use.open('b')).events(run.id);
      assert.deepEqual(
        kept?.slice(1),
        seats.map((id) => at(answeredBy(id, id))),
      );
    },
  },
  {
    title: 'keeps nothing twice that a run has once',
    check: async (use) => {
      const store = await use.open('a');
      const run = await store.begin(started('once'));
      await run.append(at(answeredBy('primary-1', 'first')));
      await assert.rejects(run.append(at(answeredBy('primary-1', 'second'))), /already/);
      assert.equal((await store.events(run.id))?.length, 2);
    },
  },
  {
    title: 'lets nobody take a run that a living process holds, and one when it has ended',
    check: async (use) => {
      const run = await (await use.open('a')).begin(started('held'));
      const [b, c] = [await use.open('b'), await use.open('c')];
      assert.partialDeepStrictEqual(await b.take(run.id), { status: 'held', holder: 'a' });
      use.kill('a');
      const takings = await Promise.all([b.take(run.id), c.take(run.id)]);
      assert.deepEqual(takings.map(({ status }) => status).toSorted(), ['held', 'taken']);
    },
  },
  {
    title: 'begins a run under a given id once, and gives it to nobody else while it is held',
    check: async (use) => {
      const [a, b] = [await use.open('a'), await use.open('b')];
      const takings = await Promise.all(
        [a, b].map((store) => store.enter('given', started('entered'))),
      );
      assert.deepEqual(takings.map(({ status }) => status).toSorted(), ['held', 'taken']);
      const [run] = takings.flatMap((each) => (each.status === 'taken' ? [each.run] : []));
      assert.deepEqual(run?.past, [started('entered')]);
      await run?.append(at(planned));
      await run?.release();
      const later = await b.enter('given', started('another'));
      assert.deepEqual(later.status === 'taken' && later.run.past, [
        started('entered'),
        at(planned),
      ]);
    },
  },
  {
    title: 'refuses what the former holder of a run appends',
    check: async (use) => {
      const run = await (await use.open('a')).begin(started('fenced'));
      use.pass(leaseMs);
      const b = await use.open('b');
      const taken = await taking(b, run.id);
      await assert.rejects(run.append(at(planned)), { code: 'run-in-use' });
      assert.equal(await run.renew(), false);
      await taken.append(at(planned));
      assert.equal((await b.events(run.id))?.length, 2);
    },
  },
  {
    title: 'holds a run as long as its lease is renewed, also by what is appended',
    check: async (use) => {
      const run = await (await use.open('a')).begin(started('renewed'));
      const b = await use.open('b');
      use.pass(leaseMs - 1);
      assert.equal(await run.renew(), true);
      use.pass(leaseMs - 1);
      await run.append(at(planned));
      use.pass(leaseMs - 1);
      assert.equal((await b.take(run.id)).status, 'held');
      use.pass(1);
      assert.equal((await b.take(run.id)).status, 'taken');
    },
  },
  {
    title: 'gives a released run to the next who asks, with everything that is known of it',
    check: async (use) => {
      const run = await (await use.open('a')).begin(started('released'));
      await run.append(at(planned));
      await run.release();
      const taken = await taking(await use.open('b'), run.id);
      assert.deepEqual(taken.past, [started('released'), at(planned)]);
    },
  },
  {
    title: 'takes no run that has ended, and none that it does not know',
    check: async (use) => {
      const store = await use.open('a');
      const run = await store.begin(started('ended'));
      await run.append(at({ type: 'run-ended', status: 'failed' }));
      await run.release();
      assert.deepEqual(await store.take(run.id), { status: 'ended' });
      assert.deepEqual(await store.take('nothing'), { status: 'unknown' });
      assert.equal(await store.events('nothing'), undefined);
    },
  },
  {
    title: 'lists the newest run first, with where each stands',
    check: async (use) => {
      const store = await use.open('a');
      const whole = await store.begin(started('Add two numbers', 1));
      await whole.append(at(planned, 2));
      await whole.append(
        at({ type: 'decision-made', value: decision(proseCandidate('primary-1', 'x')) }, 3),
      );
      await whole.append(at({ type: 'run-ended', status: 'complete' }, 4));
      const held = await store.begin(started('Sort', 5));
      const left = await store.begin(started('Parse', 6));
      await left.release();
      assert.partialDeepStrictEqual(await store.list({}), [
        { id: left.id, state: 'interrupted', endedAtMs: null },
        { id: held.id, state: 'running', category: null, chosen: null },
        {
          id: whole.id,
          state: 'complete',
          startedAtMs: startMs + 1,
          endedAtMs: startMs + 4,
          text: 'Add two numbers',
          category: planned.value.route.category,
          chosen: 'a',
        },
      ]);
    },
  },
  {
    title: 'lists by text, state, category, time and task',
    check: async (use) => {
      const store = await use.open('a');
      const first = await store.begin(started('100% of _it_', 1));
      await first.append(at(planned));
      const second = await store.begin(started('Other', 9));
      await second.release();
      const ids = async (query: Parameters<HistoryStore['list']>[0]) =>
        (await store.list(query)).map(({ id }) => id);
      assert.deepEqual(await ids({ text: '0% OF _' }), [first.id]);
      assert.deepEqual(await ids({ text: '1%f' }), []);
      assert.deepEqual(await ids({ states: ['interrupted'] }), [second.id]);
      assert.deepEqual(await ids({ states: ['complete', 'running'] }), [first.id]);
      assert.deepEqual(await ids({ category: planned.value.route.category }), [first.id]);
      assert.deepEqual(await ids({ sinceMs: startMs + 2 }), [second.id]);
      assert.deepEqual(await ids({ beforeMs: startMs + 9 }), [first.id]);
      assert.deepEqual(await ids({ limit: 1 }), [second.id]);
    },
  },
  {
    title: 'finds ids by how they begin',
    check: async (use) => {
      const store = await use.open('a');
      const { id } = await store.begin(started('named'));
      assert.deepEqual(await store.idsFrom(id.slice(0, 6), 5), [id]);
      assert.deepEqual(await store.idsFrom(`${id}0`, 5), []);
      await store.begin(started('second'));
      assert.equal((await store.idsFrom('', 5))?.length, 2);
      assert.equal((await store.idsFrom('', 1))?.length, 1);
    },
  },
  {
    title: 'removes a run with its events, but none that goes on',
    check: async (use) => {
      const store = await use.open('a');
      const [kept, gone] = [await store.begin(started('kept')), await store.begin(started('gone'))];
      await gone.release();
      assert.deepEqual(await store.remove([kept.id, gone.id, 'nothing']), [gone.id]);
      assert.equal(await store.events(gone.id), undefined);
      assert.equal((await store.events(kept.id))?.length, 1);
      await assert.rejects(gone.append(at(planned)), { code: 'run-in-use' });
    },
  },
  ...creditCases,
];

function started(text: string, ms = 0): StartEvent {
  const { type, task: asked } = { type: 'run-started', task: stored(task(text)) } as const;
  return { type, task: asked, atMs: startMs + ms };
}

function at(event: StoredEvent, ms = 0): KeptEvent {
  return { ...stored(event), atMs: startMs + ms };
}

function answeredBy(id: string, text: string): StoredEvent {
  return { type: 'attempt-ended', seat: id, value: answered(seat(id, 'a'), text) };
}

/** What JSON leaves of a value: members that are undefined are gone. */
function stored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

async function taking(store: HistoryStore, id: string): Promise<HeldRun> {
  const taken = await store.take(id);
  if (taken.status !== 'taken') throw new Error(`the run is ${taken.status}`);
  return taken.run;
}
