import { type ReactNode, useId } from 'react';
import { FieldError } from './field-error.tsx';
import type { FormPart } from './form-part.ts';

interface SwitchFieldProps {
  readonly form: FormPart;
  readonly name: 'strict' | 'adaptive' | 'model_tests';
  readonly label: string;
  readonly hint: string;
}

/** Takes a yes or no; untouched, it stands as the server has it. */
export function SwitchField({ form, name, label, hint }: SwitchFieldProps): ReactNode {
  const id = useId();
  const { draft, defaults, mistakes, onChange } = form;
  const usual = defaults === null ? '' : ` Usually ${defaults[name] ? 'on' : 'off'}.`;
  return (
    <div className="setting">
      <label className="check">
        <input
          type="checkbox"
          checked={draft[name] ?? defaults?.[name] ?? false}
          disabled={defaults === null}
          aria-describedby={`${id}-hint ${id}-error`}
          onChange={(event) => onChange({ [name]: event.target.checked })}
        />
        {label}
      </label>
      <FieldError id={`${id}-error`} line={mistakes[name]} />
      <p className="hint" id={`${id}-hint`}>
        {hint}
        {usual}
      </p>
    </div>
  );
}
