import { useCallback, useEffect, useState } from 'react';
import type { RunRow } from '../../../src/report/history-json.ts';
import { listRuns } from '../api/calls.ts';
import { isTokenWanted, watchToken } from '../api/token.ts';

/** Which runs are looked for. */
export interface Filter {
  readonly text: string;
  readonly status: string;
  readonly category: string;
}

/** Every run. */
export const noFilter: Filter = { text: '', status: '', category: '' };

/** Runs that one request brings. */
const pageSize = 60;

/** Milliseconds without a key before the server is asked. */
const quietMs = 250;

/** Runs that were found, a page at a time. */
export interface FoundRuns {
  /** Null until they are there. */
  readonly rows: readonly RunRow[] | null;
  readonly hasMore: boolean;
  readonly error: unknown;
  /** Null while those that fit the filter are not there: to other runs, none are added. */
  readonly more: (() => void) | null;
  readonly again: () => void;
}

interface Found {
  readonly filter: Filter | null;
  readonly rows: readonly RunRow[] | null;
  readonly hasMore: boolean;
  readonly error: unknown;
}

const nothing: Found = { filter: null, rows: null, hasMore: false, error: null };

/** Looks for runs, and for older ones on demand. */
export function useRuns(filter: Filter): FoundRuns {
  const [found, setFound] = useState(nothing);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => watchToken(() => !isTokenWanted() && again()), [again]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks the same again.
  useEffect(() => {
    let current = true;
    const load = (): void => {
      listRuns({ ...filter, limit: pageSize }).then(
        (rows) =>
          current && setFound({ filter, rows, hasMore: rows.length === pageSize, error: null }),
        (error: unknown) => current && setFound({ ...nothing, error }),
      );
    };
    const timer = setTimeout(load, filter === noFilter ? 0 : quietMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [filter, round]);
  const more = async (): Promise<void> => {
    // What came meanwhile, such as the answer to a second click, is not added to.
    const settle = (next: Found): void => setFound((known) => (known === found ? next : known));
    try {
      settle({ ...found, ...(await olderThan(found.rows ?? [], filter)), error: null });
    } catch (error) {
      settle({ ...found, error });
    }
  };
  return { ...found, more: found.filter === filter ? () => void more() : null, again };
}

/** Adds the runs that began before, and those of the same millisecond that are not there yet. */
async function olderThan(
  rows: readonly RunRow[],
  filter: Filter,
): Promise<Pick<Found, 'rows' | 'hasMore'>> {
  const last = rows.at(-1)?.started_at ?? '';
  const known = new Set(rows.flatMap((row) => (row.started_at === last ? row.id : [])));
  const limit = pageSize + known.size;
  const before = new Date(Date.parse(last) + 1).toISOString();
  const older = await listRuns({ ...filter, before, limit });
  return {
    rows: [...rows, ...older.filter(({ id }) => !known.has(id))],
    hasMore: older.length === limit,
  };
}
