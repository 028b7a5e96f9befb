import type { HistoryStore } from '../../src/domain/history.ts';
import type { CountedCall } from './counting-server.ts';

/** How tasks of a cluster name their run, as `clusterJobs` writes them. */
const named = /number (\d+) of ([\w-]+)/;

/** The calls that were begun for a seat whose answer the history held by then. */
export async function finishedAgain(
  store: HistoryStore,
  calls: readonly CountedCall[],
): Promise<readonly CountedCall[]> {
  const runs = Map.groupBy(calls, ({ prompt }) => {
    const [, position, batch] = named.exec(prompt) ?? [];
    return `${batch}-${position}`;
  });
  const again: CountedCall[] = [];
  for (const [id, asked] of runs) {
    const events = (await store.events(id)) ?? [];
    const plan = events.find(({ type }) => type === 'plan-made');
    const seats = plan?.type === 'plan-made' ? plan.value.seats : [];
    const runners = new Map(seats.map((seat) => [seat.id, seat.runner]));
    for (const event of events) {
      if (event.type !== 'attempt-ended') continue;
      const runner = runners.get(event.value.seat);
      again.push(...asked.filter(({ begunMs, model }) => model === runner && begunMs > event.atMs));
    }
  }
  return again;
}
