import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { decisionRules } from '../../../src/domain/decision.ts';
import type { RedecidedView, RunDetail } from '../../../src/serve/api/shapes.ts';
import { deleteRun, redecideRun } from '../api/calls.ts';
import { RequestError } from '../api/request.ts';
import { downloadText } from '../share/download.ts';
import { sharePage } from '../share/share-page.ts';
import { ConfirmButton } from '../shell/confirm-button.tsx';
import { Fault } from '../shell/notice.tsx';

/** What can be done with a decision: share it, decide again, delete the run. */
export function DecisionActions({ detail }: { readonly detail: RunDetail }): ReactNode {
  const { id } = detail.run;
  const [, navigate] = useLocation();
  const [again, setAgain] = useState<RedecidedView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const share = (): void => downloadText(`run-${id}.html`, sharePage(detail), 'text/html');
  const remove = (): void => {
    const leave = (): void => navigate('/history');
    // Somebody else may have deleted it meanwhile.
    deleteRun(id).then(leave, (found: unknown) => (isUnknown(found) ? leave() : setError(found)));
  };
  return (
    <>
      <div className="row">
        <button type="button" className="button" onClick={share}>
          Save as one HTML file
        </button>
        <button
          type="button"
          className="button"
          onClick={() => void redecideRun(id).then(setAgain, setError)}
        >
          Decide again
        </button>
        <ConfirmButton
          label="Delete"
          question="Delete this run for good? Its answers are lost, and it is counted in no statistics."
          action="Delete the run"
          onConfirm={remove}
        />
      </div>
      {again && <Again again={again} />}
      {error !== null && <Fault error={error} />}
    </>
  );
}

function isUnknown(error: unknown): boolean {
  return error instanceof RequestError && error.code === 'unknown-run';
}

function Again({ again }: { readonly again: RedecidedView }): ReactNode {
  const { before, after, changed } = again;
  const say = ({ chosen, rule }: RedecidedView['before']): string =>
    `${chosen ?? 'nobody'}: ${decisionRules[rule as keyof typeof decisionRules] ?? rule}`;
  return (
    <section className="panel" role="status">
      <h2>
        {changed ? 'Decided again, something else comes out' : 'Decided again, the same comes out'}
      </h2>
      <dl className="facts">
        <div>
          <dt>As it was decided</dt>
          <dd>{say(before)}</dd>
        </div>
        <div>
          <dt>By the rules of this version</dt>
          <dd>{say(after)}</dd>
        </div>
      </dl>
      <p className="hint">
        From the kept answers; no model was asked, and the kept decision stays.
      </p>
    </section>
  );
}
