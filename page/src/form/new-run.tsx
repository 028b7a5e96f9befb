import type { KeyboardEvent, ReactNode, SyntheticEvent } from 'react';
import { ConfirmButton } from '../shell/confirm-button.tsx';
import { Fault } from '../shell/notice.tsx';
import { useTitle } from '../shell/use-title.ts';
import { CheckFields, checkNames } from './check-fields.tsx';
import { emptyDraft } from './draft.ts';
import { ExampleList } from './example-list.tsx';
import { FieldError } from './field-error.tsx';
import { FileField } from './file-field.tsx';
import { FoldedFields } from './folded-fields.tsx';
import type { FormPart } from './form-part.ts';
import { ModeField } from './mode-field.tsx';
import { ModelField } from './model-field.tsx';
import { MoreFields, moreNames } from './more-fields.tsx';
import { NumberField } from './number-field.tsx';
import { RoutePanel } from './route-panel.tsx';
import { type Form, useForm } from './use-form.ts';
import { useRoute } from './use-route.ts';

/** The form of a new run, and who would be asked for it. */
export function NewRun(): ReactNode {
  useTitle('New run');
  const form = useForm();
  const preview = useRoute(form.draft);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void form.start();
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void form.start();
  };
  return (
    <form
      className="new-run"
      ref={form.element}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
    >
      <div className="stack">
        <h1>New run</h1>
        {form.note !== '' && (
          <p className="hint" role="status">
            {form.note}
          </p>
        )}
        <TaskField form={form} />
        <StartRow form={form} />
      </div>
      <div className="stack side">
        <RoutePanel
          {...preview}
          hasTask={form.draft.task.trim() !== ''}
          isAdaptive={form.draft.adaptive ?? form.defaults?.adaptive ?? false}
        />
        <ExampleList onChosen={({ task, mode }) => form.onChange({ task, mode })} />
      </div>
      <div className="stack">
        <Settings form={form} />
      </div>
    </form>
  );
}

function TaskField({ form }: { readonly form: FormPart }): ReactNode {
  return (
    <div className="setting">
      <label htmlFor="task">Task</label>
      <textarea
        id="task"
        rows={7}
        value={form.draft.task}
        aria-describedby="task-error"
        placeholder="Write a function that ... For example, f(1) returns 2."
        onChange={(event) => form.onChange({ task: event.target.value })}
      />
      <FieldError id="task-error" line={form.mistakes.task} />
    </div>
  );
}

function StartRow({ form }: { readonly form: Form }): ReactNode {
  const { draft, isReading, mistakes, state } = form;
  const count = Object.keys(mistakes).length;
  return (
    <>
      {state.error !== null && <Fault error={state.error} />}
      <div className="row">
        <button
          type="submit"
          className="button primary"
          disabled={draft.task.trim() === '' || state.isBusy || isReading}
        >
          {startLabel(form)}
        </button>
        <span className="hint">
          or <kbd>Ctrl</kbd>+<kbd>Enter</kbd>
        </span>
        {count > 0 && (
          <span className="field-error">
            {count === 1 ? '1 field needs' : `${count} fields need`} another value
          </span>
        )}
        <span className="grow" />
        {JSON.stringify(draft) !== JSON.stringify(emptyDraft) && (
          <ConfirmButton
            label="Clear the form"
            question="Empty every field of this form?"
            action="Empty it"
            onConfirm={form.clear}
          />
        )}
      </div>
    </>
  );
}

function startLabel({ isReading, state }: Form): string {
  if (isReading) return 'Reading the files';
  return state.isBusy ? 'Starting' : 'Start the run';
}

function Settings({ form }: { readonly form: FormPart }): ReactNode {
  const { draft, mistakes, onChange, onReading } = form;
  return (
    <>
      <ModeField form={form} />
      <ModelField form={form} />
      <div className="settings">
        <NumberField
          form={form}
          name="samples"
          label="Answers of each model"
          unit="answers"
          hint="Several show how sure a model is of its own; each is one more call."
        />
        <NumberField
          form={form}
          name="max_cost"
          label="Budget"
          unit="US dollars"
          hint="Nobody is asked any more when it is spent. It covers models whose price is known."
        />
      </div>
      <FileField
        label="Files as context"
        hint="Choose or drop text files. All together may have 8 MiB, in 1,000 files at most."
        files={draft.context}
        mistake={mistakes.context}
        onFiles={(context) => onChange({ context })}
        onReading={(isReading) => onReading('context', isReading)}
      />
      <FoldedFields title="Checks that every answer has to pass" names={checkNames} form={form}>
        <CheckFields form={form} />
      </FoldedFields>
      <FoldedFields title="More settings" names={moreNames} form={form}>
        <MoreFields form={form} />
      </FoldedFields>
    </>
  );
}
