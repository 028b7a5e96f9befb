import { type ReactNode, useId } from 'react';
import { type NumberName, numberBounds } from './draft.ts';
import { FieldError } from './field-error.tsx';
import type { FormPart } from './form-part.ts';

interface NumberFieldProps {
  readonly form: FormPart;
  readonly name: NumberName;
  readonly label: string;
  readonly unit: string;
  readonly hint: string;
}

/** Takes a number; empty, it has the default as its placeholder. */
export function NumberField({ form, name, label, unit, hint }: NumberFieldProps): ReactNode {
  const id = useId();
  const { draft, defaults, mistakes, onChange, onLeft } = form;
  const mistake = mistakes[name];
  const usual = defaults?.[name] === null ? 'no limit' : String(defaults?.[name] ?? '');
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <div className="with-unit">
        {/* A field of type "number" says nothing of a text that is none. */}
        <input
          id={id}
          inputMode={numberBounds[name].isWhole ? 'numeric' : 'decimal'}
          autoComplete="off"
          placeholder={usual}
          value={draft[name]}
          aria-invalid={mistake !== undefined}
          aria-describedby={`${id}-unit ${id}-hint ${id}-error`}
          onChange={(event) => onChange({ [name]: event.target.value })}
          onBlur={() => onLeft(name)}
        />
        <span id={`${id}-unit`} className="quiet">
          {unit}
        </span>
      </div>
      <FieldError id={`${id}-error`} line={mistake} />
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
