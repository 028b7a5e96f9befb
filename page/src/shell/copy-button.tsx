import { type ReactNode, useEffect, useState } from 'react';

/** Milliseconds for which it says that it was done. */
const doneMs = 2000;

interface CopyButtonProps {
  readonly text: string;
  readonly what: string;
}

/** Copies a text to the clipboard, and says so. */
export function CopyButton({ text, what }: CopyButtonProps): ReactNode {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), doneMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  const said = { idle: '', copied: 'Copied', refused: 'The browser did not let it be copied' }[
    state
  ];
  return (
    <>
      <button type="button" className="button" onClick={() => void copy()}>
        {state === 'copied' ? 'Copied' : `Copy ${what}`}
      </button>
      <span role="status" className={state === 'refused' ? 'field-error' : 'visually-hidden'}>
        {said}
      </span>
    </>
  );
}
