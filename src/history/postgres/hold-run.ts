import type { HeldRun, KeptEvent } from '../../domain/history.ts';
import { leaseMs } from '../../domain/history.ts';
import type { GroupAppends } from './group-appends.ts';
import type { PostgresDatabase } from './open-database.ts';
import { type ServerTime, timeSql } from './server-time.ts';

/** What a held run works on. */
export interface HoldParts {
  readonly database: PostgresDatabase;
  readonly appends: GroupAppends;
  readonly time: ServerTime;
}

/** What is held, and by which number of its lease. */
export interface Holding {
  readonly id: string;
  readonly fence: number;
  readonly past: readonly KeptEvent[];
}

/** Gives the holder of a run's lease what it may do: nothing any more once the lease has a higher number. */
export function holdRun({ id, fence, past }: Holding, parts: HoldParts): HeldRun {
  const { database, appends, time } = parts;
  const known = [...past];
  const prolong = async (forMs: number): Promise<boolean> => {
    const rows = await database.query({
      name: 'prolong',
      text: `UPDATE orchestrator.runs SET lease_ms = ${timeSql('$1')} + $2
        WHERE id = $3 AND fence = $4 RETURNING id`,
      values: [time(), forMs, id, fence],
      isRepeatable: true,
    });
    return rows.length > 0;
  };
  return {
    id,
    past,
    append: (event) => {
      known.push(event);
      return appends.append({ id, fence, events: known.slice() });
    },
    renew: () => prolong(leaseMs),
    release: async () => {
      await prolong(0);
    },
  };
}
