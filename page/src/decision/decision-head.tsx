import type { ReactNode } from 'react';
import { decisionRules } from '../../../src/domain/decision.ts';
import type { ResultJson } from '../../../src/report/json.ts';
import { StateBadge } from '../shell/badge.tsx';
import { Notice } from '../shell/notice.tsx';

/** Which answer was chosen, by which rule, and how far it is verified. */
export function DecisionHead({ result }: { readonly result: ResultJson }): ReactNode {
  const { metadata, verification } = result;
  if (metadata.chosen === null) return <NoAnswer result={result} />;
  return (
    <section className="panel verdict" aria-labelledby="verdict-title">
      <h2 id="verdict-title">
        {metadata.chosen}: {decisionRules[metadata.rule]}
      </h2>
      <p>
        <StateBadge state={verification.status} /> {verification.because}.{' '}
        {verification.remedy !== null && (
          <span className="quiet">To have it verified: {verification.remedy}.</span>
        )}
      </p>
    </section>
  );
}

function NoAnswer({ result }: { readonly result: ResultJson }): ReactNode {
  const primaries = result.outputs.filter(({ role }) => role === 'primary');
  const isCancelled = result.metadata.status === 'cancelled';
  const title = isCancelled
    ? 'The run was cancelled before there was an answer'
    : 'No model brought an answer';
  return (
    <Notice title={title} tone={isCancelled ? 'plain' : 'bad'}>
      <ul className="failures">
        {primaries.map(({ seat, model, error }) => (
          <li key={seat}>
            <strong>{model}</strong> {error ?? 'answered'}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
