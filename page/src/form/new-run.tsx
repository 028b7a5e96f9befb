import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { startRun } from '../api/calls.ts';
import { Fault } from '../shell/notice.tsx';
import { useTitle } from '../shell/use-title.ts';
import { CheckFields, FurtherFields } from './check-fields.tsx';
import { type Draft, emptyDraft, requestOf } from './draft.ts';
import { ExampleList } from './example-list.tsx';
import { FileField } from './file-field.tsx';
import { ModeField } from './mode-field.tsx';
import { ModelField } from './model-field.tsx';
import { RoutePanel } from './route-panel.tsx';
import { useRoute } from './use-route.ts';

/** The form of a new run, and who would be asked for it. */
export function NewRun(): ReactNode {
  useTitle('New run');
  const [draft, setDraft] = useState(emptyDraft);
  const preview = useRoute(draft);
  const [start, state] = useStart(draft);
  const change = (by: Partial<Draft>): void => setDraft((before) => ({ ...before, ...by }));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void start();
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void start();
  };
  return (
    <form className="new-run" onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <div className="stack">
        <h1>New run</h1>
        <TaskField draft={draft} onChange={change} />
        {state.error !== null && <Fault error={state.error} />}
        <div className="row">
          <button
            type="submit"
            className="button primary"
            disabled={draft.task.trim() === '' || state.isBusy}
          >
            {state.isBusy ? 'Starting' : 'Start the run'}
          </button>
          <span className="hint">
            or <kbd>Ctrl</kbd>+<kbd>Enter</kbd>
          </span>
        </div>
      </div>
      <div className="stack side">
        <RoutePanel {...preview} />
        <ExampleList onChosen={({ task, mode }) => change({ task, mode })} />
      </div>
      <div className="stack">
        <Details draft={draft} onChange={change} />
      </div>
    </form>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function TaskField({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <>
      <label htmlFor="task">Task</label>
      <textarea
        id="task"
        rows={7}
        value={draft.task}
        placeholder="Write a function that ... For example, f(1) returns 2."
        onChange={(event) => onChange({ task: event.target.value })}
      />
    </>
  );
}

function Details({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <>
      <ModeField mode={draft.mode} onMode={(mode) => onChange({ mode })} />
      <FileField
        label="Files as context"
        hint="Choose or drop text files. All together may have 8 MiB, in 1,000 files at most."
        files={draft.context}
        onFiles={(context) => onChange({ context })}
      />
      <ModelField chosen={draft.models} onChosen={(models) => onChange({ models })} />
      <details className="more">
        <summary>Checks that every answer has to pass</summary>
        <div className="stack">
          <CheckFields draft={draft} onChange={onChange} />
        </div>
      </details>
      <details className="more">
        <summary>More settings</summary>
        <div className="stack">
          <FurtherFields draft={draft} onChange={onChange} />
        </div>
      </details>
    </>
  );
}

interface StartState {
  readonly isBusy: boolean;
  readonly error: unknown;
}

function useStart(draft: Draft): readonly [() => Promise<void>, StartState] {
  const [, navigate] = useLocation();
  const [state, setState] = useState<StartState>({ isBusy: false, error: null });
  const start = async (): Promise<void> => {
    if (draft.task.trim() === '' || state.isBusy) return;
    setState({ isBusy: true, error: null });
    try {
      const { id } = await startRun(requestOf(draft));
      navigate(`/runs/${id}`);
    } catch (error) {
      setState({ isBusy: false, error });
    }
  };
  return [start, state];
}
