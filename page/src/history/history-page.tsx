import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { Fault, Loading, Notice } from '../shell/notice.tsx';
import { useTitle } from '../shell/use-title.ts';
import { addressOf, filterOf } from './filter-address.ts';
import { FilterBar } from './filter-bar.tsx';
import { RunTable } from './run-table.tsx';
import { type Filter, noFilter, useRuns } from './use-runs.ts';

/** The runs that are kept: to search, to filter, to open, and two of them to compare. The address has the filter. */
export function HistoryPage(): ReactNode {
  useTitle('History');
  const search = useSearch();
  const [, navigate] = useLocation();
  const filter = useMemo(() => filterOf(search), [search]);
  const setFilter = (next: Filter): void => navigate(addressOf(next), { replace: true });
  const runs = useRuns(filter);
  return (
    <div className="stack">
      <h1>History</h1>
      <FilterBar filter={filter} onFilter={setFilter} />
      {runs.error !== null && <Fault error={runs.error} onAgain={runs.again} />}
      {runs.rows === null && runs.error === null && <Loading what="the history" />}
      {runs.rows?.length === 0 && <NoRuns filter={filter} />}
      {runs.rows !== null && runs.rows.length > 0 && <Found runs={runs} />}
    </div>
  );
}

function NoRuns({ filter }: { readonly filter: Filter }): ReactNode {
  if (filter !== noFilter)
    return <Notice title="No run fits">Look for other words, or take a filter away.</Notice>;
  return (
    <Notice title="No run is kept">
      <a href="/">Begin one</a>; it is listed here from then on.
    </Notice>
  );
}

function Found({ runs }: { readonly runs: ReturnType<typeof useRuns> }): ReactNode {
  const [, navigate] = useLocation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = useCallback(
    (id: string) =>
      setChosen((before) =>
        before.includes(id) ? before.filter((each) => each !== id) : [...before, id].slice(-2),
      ),
    [],
  );
  const rows = runs.rows ?? [];
  return (
    <>
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={chosen.length !== 2}
          onClick={() => navigate(`/compare/${chosen.join('/')}`)}
        >
          Compare two runs
        </button>
        <span className="hint" role="status">
          {chosen.length === 2 ? 'Two are chosen' : `Choose ${2 - chosen.length} more to compare`}
        </span>
        <span className="grow" />
        <span className="quiet">
          {rows.length}
          {runs.hasMore ? ' or more' : ''} runs
        </span>
      </div>
      <RunTable rows={rows} chosen={chosen} onToggle={toggle} />
      {runs.hasMore && (
        <button
          type="button"
          className="button"
          disabled={runs.more === null}
          onClick={runs.more ?? undefined}
        >
          Show older runs
        </button>
      )}
    </>
  );
}
