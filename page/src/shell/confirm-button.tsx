import { type ReactNode, useId, useRef } from 'react';

interface ConfirmButtonProps {
  readonly label: string;
  readonly question: string;
  readonly action: string;
  readonly onConfirm: () => void;
}

/** A button for what cannot be undone: it asks once more. */
export function ConfirmButton({
  label,
  question,
  action,
  onConfirm,
}: ConfirmButtonProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const close = (): void => dialog.current?.close();
  const confirm = (): void => {
    close();
    onConfirm();
  };
  return (
    <>
      <button type="button" className="button" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <dialog ref={dialog} aria-labelledby={title} className="dialog">
        <p id={title}>{question}</p>
        <div className="row">
          <button type="button" className="button" onClick={close}>
            Keep it
          </button>
          <button type="button" className="button danger" onClick={confirm}>
            {action}
          </button>
        </div>
      </dialog>
    </>
  );
}
