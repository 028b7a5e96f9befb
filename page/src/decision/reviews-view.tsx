import type { ReactNode } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import { Badge, StateBadge, type Tone } from '../shell/badge.tsx';
import type { ValidationJson } from './shapes.ts';

type Finding = ValidationJson['findings'][number];

const tones: Readonly<Record<Finding['severity'], Tone>> = {
  critical: 'bad',
  major: 'warn',
  minor: 'plain',
};

/** What each validator says, and its findings. */
export function ReviewsView({ validation }: { readonly validation: ValidationJson }): ReactNode {
  const { reviews, findings } = validation;
  if (reviews.length === 0) return <p className="empty">No validator was planned for this run.</p>;
  return (
    <div className="stack">
      <ul className="reviews">
        {reviews.map(({ model, verdict, summary }) => (
          <li key={model}>
            <h3>
              {model} {verdict && <StateBadge state={verdict} />}
            </h3>
            <p>{safeText(summary)}</p>
          </li>
        ))}
      </ul>
      {findings.length > 0 && <Findings findings={findings} />}
      {findings.length === 0 && reviews.some(({ verdict }) => verdict !== null) && (
        <p className="empty">They found nothing to remark.</p>
      )}
    </div>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  return (
    <ul className="reviews">
      {findings.map(({ model, severity, message, file, line }) => (
        <li key={`${model} ${message}`}>
          <p>
            <Badge tone={tones[severity]}>{severity}</Badge> <strong>{model}</strong>{' '}
            {file !== null && <code>{safeText(line === null ? file : `${file}:${line}`)}</code>}
          </p>
          <p className="pre-line">{safeText(message)}</p>
        </li>
      ))}
    </ul>
  );
}
