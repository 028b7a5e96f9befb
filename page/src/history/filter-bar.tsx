import type { ReactNode } from 'react';
import { runStates } from '../../../src/domain/history.ts';
import type { Filter } from './use-runs.ts';

interface FilterBarProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** Says which runs are looked for. */
export function FilterBar({ filter, onFilter }: FilterBarProps): ReactNode {
  const change = (by: Partial<Filter>): void => {
    onFilter({ ...filter, ...by });
  };
  return (
    <search className="row filters">
      <label className="field grow">
        Words of the task
        <input
          type="search"
          maxLength={1000}
          value={filter.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </label>
      <label className="field">
        State
        <select value={filter.status} onChange={(event) => change({ status: event.target.value })}>
          <option value="">any</option>
          {runStates.map((state) => (
            <option key={state}>{state}</option>
          ))}
        </select>
      </label>
      <label className="field">
        Category
        <input
          maxLength={200}
          value={filter.category}
          placeholder="any"
          onChange={(event) => change({ category: event.target.value.trim() })}
        />
      </label>
    </search>
  );
}
