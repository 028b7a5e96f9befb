import { type ReactNode, useState } from 'react';
import { countText, secondsText } from '../../../src/report/amounts.ts';
import { cancelRun } from '../api/calls.ts';
import { StateBadge } from '../shell/badge.tsx';
import { Fault } from '../shell/notice.tsx';
import { costText } from '../shell/times.ts';
import { AgainButton } from './again-button.tsx';
import { totalUsage } from './usage.ts';
import { useNow } from './use-now.ts';
import type { FollowedRun } from './use-run.ts';

interface RunHeadProps {
  readonly id: string;
  readonly run: FollowedRun;
}

/** Where a run stands, what it took so far, and the way to end it. */
export function RunHead({ id, run }: RunHeadProps): ReactNode {
  const { view, hasEnded, store } = run;
  const [error, setError] = useState<unknown>(null);
  const state = view.status ?? (hasEnded ? 'interrupted' : 'running');
  const category = view.plan ? `${view.plan.route.category}, ${view.plan.route.mode}` : '';
  return (
    <div className="run-head">
      <div className="row spread">
        <h1>
          Run <code>{id}</code>
        </h1>
        <StateBadge state={state} />
        <span className="quiet">{category}</span>
        <span className="grow" />
        {hasEnded && view.task && (
          <AgainButton id={id} task={view.task} budget={view.budget} limits={view.limits} />
        )}
        {!hasEnded && (
          <button
            type="button"
            className="button danger"
            onClick={() => void cancelRun(id).catch(setError)}
          >
            Cancel the run
          </button>
        )}
      </div>
      <p className="stage" role="status">
        {!hasEnded && <span className="spinner" aria-hidden="true" />}{' '}
        <span className={hasEnded ? 'visually-hidden' : ''}>
          {state === 'interrupted' ? 'Interrupted' : view.stage.words}
        </span>
      </p>
      <Amounts run={run} />
      {store.connection() === 'lost' && !hasEnded && (
        <p className="fault" role="alert">
          The connection is lost. It is opened again by itself; nothing of the run is lost by it.
        </p>
      )}
      {error !== null && !hasEnded && <Fault error={error} />}
    </div>
  );
}

function Amounts({ run }: { readonly run: FollowedRun }): ReactNode {
  const { view, clock, hasEnded } = run;
  const now = useNow(clock, !hasEnded);
  const { startedAtMs, endedAtMs, lastAtMs } = view;
  const untilMs = endedAtMs ?? (hasEnded ? lastAtMs : now);
  const { inputTokens, outputTokens, costUsd } = totalUsage(view.usage);
  const tokens = (count: number | null): string => (count === null ? 'unknown' : countText(count));
  return (
    <dl className="facts">
      <div>
        <dt>Time</dt>
        <dd>{secondsText(Math.max(0, untilMs - (startedAtMs ?? untilMs)))}</dd>
      </div>
      <div>
        <dt>Tokens read</dt>
        <dd>{tokens(inputTokens)}</dd>
      </div>
      <div>
        <dt>Tokens written</dt>
        <dd>{tokens(outputTokens)}</dd>
      </div>
      <div>
        <dt>Cost</dt>
        <dd>{costText(costUsd)}</dd>
      </div>
    </dl>
  );
}
