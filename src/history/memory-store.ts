import type { CreditCounts, CreditQuery } from '../domain/credit.ts';
import {
  type HeldRun,
  type HistoryStore,
  type HistoryTools,
  type KeptEvent,
  leaseMs,
  type RunQuery,
  type RunSummary,
  type StartEvent,
  type Taking,
} from '../domain/history.ts';
import { countCredits } from '../learn/count-credits.ts';
import { creditsOf } from '../learn/credits-of.ts';
import { eventKey } from './event-key.ts';
import { runId } from './run-id.ts';
import { summarize } from './summarize.ts';
import { takenOver } from './taken-over.ts';
import { taskKey } from './task-key.ts';

/** A run as the memory has it. */
interface MemoryRun {
  readonly id: string;
  readonly taskKey: string;
  readonly events: KeptEvent[];
  holder: string;
  untilMs: number;
  fence: number;
}

/** What several memory stores share, as several processes share a file. */
export type MemoryRuns = Map<string, MemoryRun>;

/** Keeps runs as long as the process lasts; stores with the same `runs` stand for processes on one history. */
export function memoryStore(tools: HistoryTools, runs: MemoryRuns = new Map()): HistoryStore {
  const isHeld = ({ holder, untilMs }: MemoryRun): boolean =>
    untilMs > tools.now() && !tools.isGone(holder);
  const shown = (run: MemoryRun): RunSummary => {
    const { plan: _plan, status, ...summary } = summarize(run.events);
    return { ...summary, id: run.id, state: status ?? (isHeld(run) ? 'running' : 'interrupted') };
  };
  const hold = (run: MemoryRun): HeldRun => {
    run.holder = tools.holder;
    run.untilMs = tools.now() + leaseMs;
    run.fence += 1;
    return holdRun(run, runs, tools);
  };
  const begin = (id: string, first: StartEvent): HeldRun => {
    const { atMs, task } = first;
    const run = {
      id,
      taskKey: taskKey(task),
      events: [first],
      holder: '',
      fence: 0,
      untilMs: atMs,
    };
    runs.set(id, run);
    return hold(run);
  };
  const take = (id: string): Taking => {
    const run = runs.get(id);
    if (!run) return { status: 'unknown' };
    if (summarize(run.events).status !== null) return { status: 'ended' };
    if (!isHeld(run)) return { status: 'taken', run: hold(run) };
    return { status: 'held', holder: run.holder, untilMs: run.untilMs };
  };
  return {
    begin: async (first) => begin(runId(), first),
    enter: async (id, first) =>
      runs.has(id) ? take(id) : { status: 'taken', run: begin(id, first) },
    take: async (id) => take(id),
    events: async (id) => runs.get(id)?.events.slice(),
    list: async (query) => {
      const rows = [...runs.values()].map((run) => ({ run, summary: shown(run) }));
      const found = rows.filter(({ run, summary }) => matches(query, summary, run.taskKey));
      const newest = found.map(({ summary }) => summary).toReversed();
      return newest.toSorted((a, b) => b.startedAtMs - a.startedAtMs).slice(0, query.limit);
    },
    credits: async (query) => creditsIn(runs, query),
    idsFrom: async (prefix, limit) =>
      [...runs.keys()]
        .filter((id) => id.startsWith(prefix))
        .toSorted((a, b) => (a < b ? -1 : 1))
        .slice(0, limit),
    remove: async (ids) =>
      ids.filter((id) => {
        const run = runs.get(id);
        return run && shown(run).state !== 'running' && runs.delete(id);
      }),
    close: async () => undefined,
  };
}

function creditsIn(runs: MemoryRuns, { category, sinceMs = 0 }: CreditQuery): CreditCounts {
  const since = [...runs.values()].filter(({ events }) => (events[0]?.atMs ?? 0) >= sinceMs);
  const credits = since.flatMap(({ events }) => creditsOf(events));
  const wanted = credits.filter((each) => category === undefined || each.category === category);
  return { counts: countCredits(wanted), uncounted: 0 };
}

function holdRun(run: MemoryRun, runs: MemoryRuns, { now }: HistoryTools): HeldRun {
  const { fence, id } = run;
  const prolong = (untilMs: number): boolean => {
    if (runs.get(id) !== run || run.fence !== fence) return false;
    run.untilMs = untilMs;
    return true;
  };
  return {
    id,
    past: run.events.slice(),
    append: async (event) => {
      if (!prolong(now() + leaseMs)) throw takenOver(id);
      const key = eventKey(event);
      const isTwice = key !== null && run.events.some((known) => eventKey(known) === key);
      if (isTwice) throw new TypeError(`run ${id} has the event ${event.type} already`);
      run.events.push(event);
    },
    renew: async () => prolong(now() + leaseMs),
    release: async () => {
      prolong(0);
    },
  };
}

function matches(query: RunQuery, run: RunSummary, key: string): boolean {
  const { beforeMs, category, sinceMs, states, text } = query;
  return (
    (text === undefined || run.text.toLowerCase().includes(text.toLowerCase())) &&
    (states === undefined || states.includes(run.state)) &&
    (category === undefined || run.category === category) &&
    (sinceMs === undefined || run.startedAtMs >= sinceMs) &&
    (beforeMs === undefined || run.startedAtMs < beforeMs) &&
    (query.taskKey === undefined || key === query.taskKey)
  );
}
