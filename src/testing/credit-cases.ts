import assert from 'node:assert/strict';
import type { Attempt } from '../domain/attempt.ts';
import { type CreditCount, type CreditQuery, roundedMs } from '../domain/credit.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { HistoryStore, KeptEvent, StartEvent } from '../domain/history.ts';
import { answered, codeCandidate, decision, failed, plan, seat, task } from './builders.ts';
import type { HistoryCase } from './history-case.ts';
import { startMs } from './processes-on-place.ts';

/** What a history has to say of the models, wherever it keeps runs. */
export const creditCases: readonly HistoryCase[] = [
  {
    title: 'counts what runs that ended say of their models, and nothing of others',
    check: async (use) => {
      const store = await use.open('a');
      await runIn(store, 1, eventsOf('general'));
      await runIn(store, 2, eventsOf('general'));
      await runIn(store, 3, eventsOf('general').slice(0, -1));
      const { counts, uncounted } = await (await use.open('b')).credits({});
      assert.equal(uncounted, 0);
      assert.deepEqual(sorted(counts), [
        { ...kind, runner: 'a', result: 'won', basis: 'text', ...paid },
        { ...kind, runner: 'b', result: 'lost', basis: 'text', ...paid },
        { ...kind, ...failure, runner: 'c', result: 'failed', failure: 'timed-out', ...unpaid },
      ]);
    },
  },
  {
    title: 'counts by category and time, and nothing of a run that was removed',
    check: async (use) => {
      const store = await use.open('a');
      const id = await runIn(store, 1, eventsOf('general'));
      await runIn(store, 5, eventsOf('data'));
      const counted = async (query: CreditQuery): Promise<number> =>
        (await store.credits(query)).counts.reduce((sum, { count }) => sum + count, 0);
      assert.equal(await counted({}), 6);
      assert.equal(await counted({ category: 'data' }), 3);
      assert.equal(await counted({ sinceMs: startMs + 5 }), 3);
      assert.equal(await counted({ sinceMs: startMs + 6 }), 0);
      await store.remove([id]);
      assert.equal(await counted({}), 3);
      assert.equal(await counted({ category: 'general' }), 0);
    },
  },
  {
    title: 'counts a run once, whoever ends it and however often it is asked for',
    check: async (use) => {
      const all = eventsOf('general');
      const run = await (await use.open('a')).begin(startAt(1));
      for (const event of all.slice(0, -1)) await run.append(at(event));
      use.kill('a');
      const b = await use.open('b');
      const taken = await b.take(run.id);
      assert.equal(taken.status, 'taken');
      if (taken.status !== 'taken') return;
      for (const event of all.slice(-1)) await taken.run.append(at(event));
      await b.credits({});
      const { counts } = await b.credits({});
      assert.deepEqual(
        counts.map(({ count }) => count),
        [1, 1, 1],
      );
    },
  },
];

const kind = {
  category: 'general',
  model: 'm-1',
  failure: null,
  durationMs: roundedMs(1000),
  count: 2,
} as const;
const failure = { model: null, basis: null, durationMs: null } as const;
const paid = { costUsd: 0.5, costsKnown: 2, tokens: 0, tokensKnown: 0 } as const;
const unpaid = { costUsd: 0, costsKnown: 0, tokens: 0, tokensKnown: 0 } as const;

/** What follows the beginning of a run in which `a` was chosen over `b`, and `c` brought no answer. */
function eventsOf(category: string): readonly StoredEvent[] {
  const seats = ['a', 'b', 'c'].map((runner, index) => seat(`primary-${index + 1}`, runner));
  const made = plan(seats);
  const answers = seats.map((each): Attempt => {
    if (each.runner === 'c') return failed(each, 'timed-out');
    return answered(each, each.runner, { model: 'm-1', costUsd: 0.25 });
  });
  const rankings = ['primary-1', 'primary-2'].map((id) => ({
    seat: id,
    eligible: id === 'primary-1',
    agreement: null,
    reason: 'Scripted',
  }));
  const rule = 'only-one-parsed';
  return [
    { type: 'plan-made', value: { ...made, route: { ...made.route, category } } },
    ...answers.map((value) => ({ type: 'attempt-ended', seat: value.seat, value }) as const),
    {
      type: 'decision-made',
      value: decision(codeCandidate('primary-1', 'x'), { rule, rankings }),
    },
    { type: 'run-ended', status: 'degraded' },
  ];
}

async function runIn(
  store: HistoryStore,
  ms: number,
  events: readonly StoredEvent[],
): Promise<string> {
  const run = await store.begin(startAt(ms));
  for (const event of events) await run.append(at(event));
  await run.release();
  return run.id;
}

function startAt(ms: number): StartEvent {
  return { type: 'run-started', task: task(`run ${ms}`), atMs: startMs + ms };
}

function at(event: StoredEvent): KeptEvent {
  return { ...event, atMs: startMs + 9 };
}

function sorted(counts: readonly CreditCount[]): readonly CreditCount[] {
  return counts.toSorted((a, b) => (a.runner < b.runner ? -1 : 1));
}
