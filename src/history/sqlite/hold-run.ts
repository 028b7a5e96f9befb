import type { DatabaseSync } from 'node:sqlite';
import { type HeldRun, type HistoryTools, type KeptEvent, leaseMs } from '../../domain/history.ts';
import { type Summary, summarize, summaryAfter } from '../summarize.ts';
import { takenOver } from '../taken-over.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Prepare } from './prepared-once.ts';
import { keepCredits } from './stored-credits.ts';
import { insertEvents } from './stored-events.ts';

/** What a held run works on. */
export interface HoldParts {
  readonly database: DatabaseSync;
  readonly prepare: Prepare;
  readonly commits: GroupCommit;
  readonly tools: HistoryTools;
}

/** What is held, and by which number of its lease. */
export interface Holding {
  readonly id: string;
  readonly fence: number;
  readonly past: readonly KeptEvent[];
}

/** Gives the holder of a run's lease what it may do: nothing any more once the lease has a higher number. */
export function holdRun({ id, fence, past }: Holding, parts: HoldParts): HeldRun {
  const { prepare, commits, tools } = parts;
  const known = [...past];
  let summary = summarize(past);
  const prolonging = prepare('UPDATE runs SET lease_ms = ? WHERE id = ? AND fence = ?');
  const keeping = prepare(
    `UPDATE runs SET lease_ms = ?, status = ?, ended_ms = ?, category = ?, mode = ?, chosen = ?
     WHERE id = ? AND fence = ?`,
  );
  const insert = insertEvents(prepare, id, fence);
  const prolong = (untilMs: number): boolean => prolonging.run(untilMs, id, fence).changes > 0;
  const keep = ({ status, endedAtMs, category, mode, chosen }: Summary): boolean => {
    const row = [tools.now() + leaseMs, status, endedAtMs, category, mode, chosen];
    return keeping.run(...row, id, fence).changes > 0;
  };
  return {
    id,
    past,
    append: (event) => {
      known.push(event);
      const before = summary;
      summary = summaryAfter(before, event);
      const [place, sum] = [known.length, summary];
      return commits.write(() => {
        // Most events leave the row of the run as it is.
        const isHeld = (sum === before || keep(sum)) && insert(place, event);
        if (!isHeld) throw takenOver(id);
        if (event.type === 'run-ended') keepCredits(prepare, id, known);
      });
    },
    renew: () => commits.write(() => prolong(tools.now() + leaseMs)),
    release: async () => {
      await commits.write(() => prolong(0));
    },
  };
}
