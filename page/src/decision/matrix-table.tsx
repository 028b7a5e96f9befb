import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { safeLine } from '../../../src/report/safe-text.ts';
import type { CellPlace } from './matrix-view.tsx';
import type { EvidenceJson } from './shapes.ts';

type Cell = EvidenceJson['matrix'][number]['cells'][number];

interface MatrixTableProps {
  readonly evidence: EvidenceJson;
  /** The places of the tests that are shown. */
  readonly tests: readonly number[];
  readonly chosen: string | null;
  readonly place: CellPlace | null;
  readonly onPlace: (place: CellPlace) => void;
}

const marks: Readonly<Record<Cell['outcome'], string>> = {
  passed: '✓ passed',
  failed: '✕ failed',
  value: '· value',
  raised: '! error',
  differs: '≠ differs',
  'timed-out': '◷ timeout',
  crashed: '✕ crashed',
  flaky: '~ flaky',
  'not-run': '– not run',
};

/** Rows that are shown at first, and with each further step. */
const pageRows = 100;

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** The matrix itself; one cell is reached by the tab key, the others from there by the arrow keys. */
export function MatrixTable(props: MatrixTableProps): ReactNode {
  const { evidence, tests, chosen } = props;
  const [count, setCount] = useState(pageRows);
  const shown = tests.slice(0, count);
  return (
    <div>
      <section className="table-box" aria-label="Candidates by tests">
        <table className="matrix-table" onKeyDown={(event) => move(event)}>
          <thead>
            <tr>
              <th scope="col">Test</th>
              {evidence.matrix.map(({ seat, model }) => (
                <th key={seat} scope="col">
                  {model}
                  {seat === chosen && <span className="quiet"> chosen</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((test, index) => (
              <TestRow key={test} {...props} test={test} at={index} />
            ))}
          </tbody>
        </table>
      </section>
      {tests.length > count && (
        <button type="button" className="button" onClick={() => setCount(count + pageRows)}>
          Show more of {tests.length} tests
        </button>
      )}
    </div>
  );
}

interface TestRowProps extends MatrixTableProps {
  readonly test: number;
  /** Its place in the table. */
  readonly at: number;
}

function TestRow({ evidence, tests, place, onPlace, test, at }: TestRowProps): ReactNode {
  const { id, call } = evidence.tests[test] ?? { id: '', call: '' };
  const entry = place && tests.includes(place.test) ? place : { test: tests[0], row: 0 };
  return (
    <tr>
      <th scope="row">
        <span className="test-id">{id}</span>
        <code className="test-call">{safeLine(call)}</code>
      </th>
      {evidence.matrix.map(({ seat, model, cells, because }, row) => {
        const { outcome } = cells[test] ?? { outcome: 'not-run' as const };
        const isEntry = entry.test === test && entry.row === row;
        return (
          <td key={seat}>
            <button
              type="button"
              className={`cell cell-${outcome}`}
              data-cell={`${at} ${row}`}
              tabIndex={isEntry ? 0 : -1}
              aria-pressed={place?.test === test && place.row === row}
              aria-label={`${model}, ${id}: ${outcome}`}
              title={because ?? undefined}
              onClick={() => onPlace({ test, row })}
            >
              {marks[outcome]}
            </button>
          </td>
        );
      })}
    </tr>
  );
}

function move(event: KeyboardEvent<HTMLTableElement>): void {
  const step = moves[event.key];
  const from = (event.target as HTMLElement).dataset['cell']?.split(' ').map(Number);
  if (!step || !from) return;
  const to = `${(from[0] ?? 0) + step[0]} ${(from[1] ?? 0) + step[1]}`;
  const next = event.currentTarget.querySelector<HTMLElement>(`[data-cell="${to}"]`);
  event.preventDefault();
  next?.focus();
}
