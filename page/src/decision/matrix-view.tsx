import { type ReactNode, useState } from 'react';
import { MatrixTable } from './matrix-table.tsx';
import type { EvidenceJson } from './shapes.ts';
import { TestDetail } from './test-detail.tsx';

interface MatrixViewProps {
  readonly evidence: EvidenceJson;
  readonly chosen: string | null;
}

/** Where a cell of the matrix is. */
export interface CellPlace {
  /** The place of the test in `evidence.tests`. */
  readonly test: number;
  /** The place of the candidate in `evidence.matrix`. */
  readonly row: number;
}

/** What every candidate did on every test; a cell tells what was expected and what came. */
export function MatrixView({ evidence, chosen }: MatrixViewProps): ReactNode {
  const { tests, matrix, tests_left_out, dropped } = evidence;
  const [onlySplit, setOnlySplit] = useState(false);
  const [place, setPlace] = useState<CellPlace | null>(null);
  const shown = tests.flatMap((_, test) => (!onlySplit || isSplit(evidence, test) ? [test] : []));
  return (
    <div className="stack">
      <p className="quiet">
        {tests.length} tests, {matrix.length} candidates
        {tests_left_out > 0 && `; ${tests_left_out} more tests are not listed`}
      </p>
      {dropped.map(({ because, count }) => (
        <p key={because} className="hint">
          {count} tests of models were not used: {because}
        </p>
      ))}
      <label className="check">
        <input type="checkbox" checked={onlySplit} onChange={() => setOnlySplit(!onlySplit)} />
        Only tests on which the candidates differ
      </label>
      {shown.length === 0 ? (
        <p className="empty">The candidates do the same on every test.</p>
      ) : (
        <div className="matrix">
          <MatrixTable
            evidence={evidence}
            tests={shown}
            chosen={chosen}
            place={place}
            onPlace={setPlace}
          />
          <TestDetail evidence={evidence} place={place} />
        </div>
      )}
    </div>
  );
}

function isSplit({ matrix }: EvidenceJson, test: number): boolean {
  const seen = matrix.flatMap(({ cells }) => cells[test] ?? []);
  return new Set(seen.map(({ outcome, got }) => `${outcome} ${got}`)).size > 1;
}
