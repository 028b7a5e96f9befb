import type { ReactNode } from 'react';
import type { Draft } from './draft.ts';
import type { FormPart } from './form-part.ts';

interface FoldedFieldsProps {
  readonly title: string;
  /** The fields inside. */
  readonly names: readonly (keyof Draft)[];
  readonly form: FormPart;
  readonly children: ReactNode;
}

/** Fields that are out of sight until they are asked for; the title tells how many of them are set. */
export function FoldedFields({ title, names, form, children }: FoldedFieldsProps): ReactNode {
  const count = names.filter((name) => isSet(name, form)).length;
  return (
    <details className="more">
      <summary>
        {title}
        {count > 0 && <span className="quiet"> ({count} set)</span>}
      </summary>
      <div className="stack">{children}</div>
    </details>
  );
}

function isSet(name: keyof Draft, { draft, defaults }: FormPart): boolean {
  const value = draft[name];
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return false;
  const usual = new Map(Object.entries(defaults ?? {})).get(name);
  return String(value) !== String(Array.isArray(usual) ? usual.join('\n') : usual);
}
