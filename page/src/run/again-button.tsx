import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { type AskedRun, draftOfTask } from '../form/draft-of-task.ts';
import { keepFields, keepFiles, keptDraft } from '../form/kept-draft.ts';
import { ConfirmButton } from '../shell/confirm-button.tsx';

const label = 'New run from this one';

/** Opens the form of a new run with the task and the settings of this one. */
export function AgainButton(run: AskedRun): ReactNode {
  const [, navigate] = useLocation();
  const open = (): void => {
    const filled = draftOfTask(run);
    keepFields(filled, sessionStorage);
    keepFiles(filled.draft, sessionStorage);
    navigate('/');
  };
  const before = keptDraft(sessionStorage).draft.task.trim();
  if (before === '' || before === run.task.text.trim()) {
    return (
      <button type="button" className="button" onClick={open}>
        {label}
      </button>
    );
  }
  return (
    <ConfirmButton
      label={label}
      question="The form holds another task that was not started. Put this one in its place?"
      action="Put it in its place"
      onConfirm={open}
    />
  );
}
