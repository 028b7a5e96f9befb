import { type ReactNode, useState } from 'react';
import { resumeRun } from '../api/calls.ts';
import { Fault, Notice } from '../shell/notice.tsx';

interface RunStoppedProps {
  readonly id: string;
  readonly onResumed: () => void;
}

/** Says that a run was interrupted and how it can be resumed, and goes on with it on demand. */
export function RunStopped({ id, onResumed }: RunStoppedProps): ReactNode {
  const [error, setError] = useState<unknown>(null);
  const resume = (): void => {
    resumeRun(id).then(onResumed, setError);
  };
  return (
    <Notice title="This run was interrupted" tone="warn">
      <p>
        Its process ended before it did. It can be resumed: what was answered is kept, and is not
        asked again.
      </p>
      <button type="button" className="button primary" onClick={resume}>
        Go on with it
      </button>
      <p className="hint">
        If the server was stopped as well, start <code>orchestrator serve</code> again first. In a
        terminal, <code>orchestrator resume {id}</code> does the same.
      </p>
      {error !== null && <Fault error={error} />}
    </Notice>
  );
}
