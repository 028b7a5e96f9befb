import type { ReactNode } from 'react';
import { RequestError } from '../api/request.ts';

interface NoticeProps {
  readonly title: string;
  readonly tone?: 'plain' | 'bad' | 'warn';
  readonly children?: ReactNode;
}

/** A remark that stands where content would be. */
export function Notice({ title, tone = 'plain', children }: NoticeProps): ReactNode {
  return (
    <section className={`notice notice-${tone}`}>
      <h2>{title}</h2>
      {children !== undefined && <div className="notice-body">{children}</div>}
    </section>
  );
}

/** What is shown while something is loaded. */
export function Loading({ what }: { readonly what: string }): ReactNode {
  return (
    <p className="loading" role="status">
      <span className="spinner" aria-hidden="true" /> Loading {what}
    </p>
  );
}

interface FaultProps {
  readonly error: unknown;
  readonly onAgain?: () => void;
}

/** Says what could not be done, and what to do about it. */
export function Fault({ error, onAgain }: FaultProps): ReactNode {
  const hint = error instanceof RequestError ? error.hint : undefined;
  return (
    <div className="fault" role="alert">
      <p>
        <strong>{messageOf(error)}.</strong> {hint !== undefined && `${hint}.`}
      </p>
      {onAgain && (
        <button type="button" className="button" onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Says in one line what went wrong. */
export function messageOf(error: unknown): string {
  if (error instanceof RequestError) return error.message.replace(/\.$/, '');
  return 'Cannot show this: the page met an error of its own';
}
