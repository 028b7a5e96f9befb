import { type ReactNode, useId } from 'react';
import { FieldError } from './field-error.tsx';
import type { FormPart } from './form-part.ts';

interface ChoiceFieldProps {
  readonly form: FormPart;
  readonly name: 'route' | 'merge';
  readonly label: string;
  readonly hint: string;
  /** What each choice means, by its name in a request. */
  readonly meanings: Readonly<Record<string, string>>;
}

/** Takes one of few choices; untouched, it stands as the server has it. */
export function ChoiceField({ form, name, label, hint, meanings }: ChoiceFieldProps): ReactNode {
  const id = useId();
  const { draft, defaults, mistakes, onChange } = form;
  const usual = defaults?.[name];
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={draft[name] ?? usual ?? ''}
        disabled={defaults === null}
        aria-invalid={mistakes[name] !== undefined}
        aria-describedby={`${id}-hint ${id}-error`}
        onChange={(event) => onChange({ [name]: event.target.value })}
      >
        {Object.entries(meanings).map(([value, meaning]) => (
          <option key={value} value={value}>
            {value === usual ? `${meaning} (usual)` : meaning}
          </option>
        ))}
      </select>
      <FieldError id={`${id}-error`} line={mistakes[name]} />
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
