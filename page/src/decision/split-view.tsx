import type { ReactNode } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import { Badge } from '../shell/badge.tsx';
import type { EvidenceJson } from './shapes.ts';

type Split = NonNullable<EvidenceJson['separating']>;

interface SplitViewProps {
  readonly split: Split;
  /** The seat whose answer was chosen; null where it is none of theirs. */
  readonly chosen: string | null;
}

/** The input on which the two leading behaviours part, and what each of them gives. */
export function SplitView({ split, chosen }: SplitViewProps): ReactNode {
  const { input, sides, judgement } = split;
  return (
    <section className="panel split" aria-labelledby="split-title">
      <h2 id="split-title">The answers part on this input</h2>
      <pre className="witness">
        <code>{safeText(input)}</code>
      </pre>
      <div className="split-sides">
        {sides.map(({ models, seats, outcome }, index) => (
          <div key={seats.join(' ')} className="split-side">
            <h3>
              {models.join(', ')}{' '}
              {chosen !== null && seats.includes(chosen) && <Badge tone="good">chosen</Badge>}{' '}
              {judgement.side === index && <Badge tone="good">named by the judge</Badge>}
            </h3>
            <pre className="witness">
              <code>{safeText(outcome)}</code>
            </pre>
          </div>
        ))}
      </div>
      <p className="quiet">
        {judgement.by === null ? 'No judgement' : `Judge ${judgement.by}`}:{' '}
        {safeText(judgement.why)}
      </p>
    </section>
  );
}
