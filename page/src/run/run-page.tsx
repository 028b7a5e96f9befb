import type { ReactNode } from 'react';
import type { Merge } from '../../../src/domain/merge.ts';
import { safeText } from '../../../src/report/safe-text.ts';
import { getRun } from '../api/calls.ts';
import { RequestError } from '../api/request.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { DecisionView } from '../decision/decision-view.tsx';
import { Fault, Loading, Notice } from '../shell/notice.tsx';
import { useTitle } from '../shell/use-title.ts';
import { LaneList } from './lane-list.tsx';
import { RunHead } from './run-head.tsx';
import { RunStopped } from './run-stopped.tsx';
import { Timeline } from './timeline.tsx';
import { type FollowedRun, useRun } from './use-run.ts';

/** A run: while it goes on its lanes, and then its decision first. */
export function RunPage({ id }: { readonly id: string }): ReactNode {
  const run = useRun(id);
  useTitle(`Run ${id}`);
  if (run.error !== null) return <NotShown error={run.error} onAgain={run.again} />;
  if (run.view.startedAtMs === null) return <Loading what="the run" />;
  return (
    <div className="stack run-page">
      <RunHead id={id} run={run} />
      <TaskText run={run} />
      {run.hasEnded && run.view.status === null && <RunStopped id={id} onResumed={run.again} />}
      {run.hasEnded && run.view.status !== null && <Decided id={id} merge={run.view.merge} />}
      <Lanes id={id} run={run} />
    </div>
  );
}

function Lanes({ id, run }: { readonly id: string; readonly run: FollowedRun }): ReactNode {
  const lanes = (
    <>
      <LaneList id={id} run={run} />
      <Timeline run={run} />
    </>
  );
  if (!run.hasEnded) return lanes;
  return (
    <details className="more">
      <summary>How the run went: what each model wrote, and when</summary>
      <div className="stack">{lanes}</div>
    </details>
  );
}

interface DecidedProps {
  readonly id: string;
  readonly merge: Merge | null;
}

function Decided({ id, merge }: DecidedProps): ReactNode {
  const [detail, again] = useLoaded(() => getRun(id), id);
  if (detail.status === 'failed') return <Fault error={detail.error} onAgain={again} />;
  if (detail.status === 'loading') return <Loading what="the decision" />;
  return <DecisionView detail={detail.value} merge={merge} />;
}

/** Longer tasks are folded. */
const taskMaxLength = 400;

function TaskText({ run }: { readonly run: FollowedRun }): ReactNode {
  const text = safeText(run.view.task?.text ?? '');
  if (text.length <= taskMaxLength) return <p className="task-text">{text}</p>;
  return (
    <details className="task-text">
      <summary>{text.slice(0, taskMaxLength)}…</summary>
      {text}
    </details>
  );
}

function NotShown({
  error,
  onAgain,
}: {
  readonly error: unknown;
  readonly onAgain: () => void;
}): ReactNode {
  if (error instanceof RequestError && error.code === 'unknown-run')
    return (
      <Notice title="There is no such run">
        It may have been deleted. The <a href="/history">history</a> lists those that are kept.
      </Notice>
    );
  return <Fault error={error} onAgain={onAgain} />;
}
