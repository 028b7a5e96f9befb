import type { ReactNode } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import { says } from './says.ts';
import type { ValidationJson } from './shapes.ts';

/** Why a person should look, each reason with what was seen. */
export function ReviewReasons({ validation }: { readonly validation: ValidationJson }): ReactNode {
  const { needs_human_review, review_reasons } = validation;
  if (!needs_human_review) return null;
  return (
    <section className="notice notice-warn" aria-labelledby="review-title">
      <h2 id="review-title">A person should look at this</h2>
      <ul className="reasons">
        {review_reasons.map(({ code, message, models, witness }) => (
          <li key={`${code} ${message}`}>
            <p>
              <strong>{safeText(message)}</strong> <code className="quiet">{code}</code>{' '}
              {models.length > 0 && <span className="quiet">{models.join(', ')}</span>}
            </p>
            {!says(message, witness) && (
              <pre className="witness">
                <code>{safeText(witness)}</code>
              </pre>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
