import type { ReactNode } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import type { CellPlace } from './matrix-view.tsx';
import type { EvidenceJson } from './shapes.ts';

interface TestDetailProps {
  readonly evidence: EvidenceJson;
  readonly place: CellPlace | null;
}

const weights = {
  shown: 'you or the task show it',
  weighed: 'models wrote it',
  repeated: 'it repeats another one',
  'separates-nothing': 'all candidates pass it',
  'stub-passes': 'an empty answer passes it as well',
  contradicted: 'something that is shown contradicts it',
} as const;

/** What a test demands and what one candidate gave. */
export function TestDetail({ evidence, place }: TestDetailProps): ReactNode {
  const test = place && evidence.tests[place.test];
  const row = place && evidence.matrix[place.row];
  if (!test || !row)
    return (
      <aside className="panel test-detail quiet">
        Choose a cell to see what was expected and what came.
      </aside>
    );
  const cell = row.cells[place.test];
  return (
    <aside className="panel test-detail" aria-live="polite">
      <h3>
        {row.model} on {test.id}
      </h3>
      <dl>
        <dt>Call</dt>
        <dd>
          <pre className="witness">{safeText(test.call)}</pre>
        </dd>
        <dt>Expected</dt>
        <dd>
          <pre className="witness">
            {test.expected === null ? 'nothing is known to be right here' : safeText(test.expected)}
          </pre>
        </dd>
        <dt>Got</dt>
        <dd>
          <pre className="witness">{safeText(cell?.got ?? row.because ?? 'it was not run')}</pre>
        </dd>
      </dl>
      <p className="hint">
        {test.author === null ? `Origin: ${test.origin}` : `Written by ${test.author}`}
        {test.weight !== null &&
          test.weight_reason !== null &&
          `; weight ${test.weight.toFixed(2)}: ${weights[test.weight_reason]}`}
      </p>
    </aside>
  );
}
