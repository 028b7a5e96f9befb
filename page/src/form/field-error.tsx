import type { ReactNode } from 'react';

/** What is wrong with one field, in one line; the field names its id in `aria-describedby`. */
export function FieldError({
  id,
  line,
}: {
  readonly id: string;
  readonly line: string | undefined;
}): ReactNode {
  if (line === undefined) return null;
  return (
    <p id={id} className="field-error" role="alert">
      {line}
    </p>
  );
}
