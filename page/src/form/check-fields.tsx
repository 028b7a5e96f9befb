import { type ReactNode, useId } from 'react';
import { listText } from '../../../src/report/amounts.ts';
import type { Draft } from './draft.ts';
import { FieldError } from './field-error.tsx';
import { FileField } from './file-field.tsx';
import type { FormPart } from './form-part.ts';
import { NumberField } from './number-field.tsx';

/** The names of the fields that are shown here. */
export const checkNames: readonly (keyof Draft)[] = ['check', 'tests', 'check_timeout'];

/** Takes what every answer has to pass. */
export function CheckFields({ form }: { readonly form: FormPart }): ReactNode {
  const id = useId();
  const { draft, defaults, mistakes, onChange, onReading } = form;
  const usualTests = defaults?.tests ?? [];
  const usual = usualTests.length === 0 ? '' : ` Without any: ${listText(usualTests)}.`;
  return (
    <>
      <div className="setting">
        <label htmlFor={id}>Commands</label>
        <textarea
          id={id}
          rows={2}
          className="mono"
          spellCheck={false}
          placeholder={defaults?.check.join('\n') || 'none'}
          aria-invalid={mistakes.check !== undefined}
          aria-describedby={`${id}-hint ${id}-error`}
          value={draft.check}
          onChange={(event) => onChange({ check: event.target.value })}
        />
        <FieldError id={`${id}-error`} line={mistakes.check} />
        <p className="hint" id={`${id}-hint`}>
          One a line, run in the sandbox on every answer, such as <code>npm test</code>.
        </p>
      </div>
      <FileField
        label="Test files"
        hint={`Such as test_range.py or range.test.ts; 1 MiB each.${usual}`}
        files={draft.tests}
        mistake={mistakes.tests}
        onFiles={(tests) => onChange({ tests })}
        onReading={(isReading) => onReading('tests', isReading)}
      />
      <div className="settings">
        <NumberField
          form={form}
          name="check_timeout"
          label="Time for each check"
          unit="seconds"
          hint="Of one answer; a check that takes longer has failed."
        />
      </div>
    </>
  );
}
