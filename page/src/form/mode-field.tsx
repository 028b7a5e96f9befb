import type { ReactNode } from 'react';
import { type Mode, type ModeShape, modes } from '../../../src/domain/mode.ts';
import { FieldError } from './field-error.tsx';
import type { FormPart } from './form-part.ts';

/** Chooses how many models a task is worth; untouched, it stands as the server has it. */
export function ModeField({ form }: { readonly form: FormPart }): ReactNode {
  const { draft, defaults, mistakes, onChange } = form;
  const chosen = draft.mode ?? defaults?.mode;
  const meaning = (mode: Mode | 'auto'): string =>
    mode === 'auto' ? 'by the task' : shapeText(defaults?.modes[mode]);
  return (
    <fieldset aria-describedby="mode-error">
      <legend>Mode</legend>
      <div className="choices">
        {(['auto', ...modes] as const).map((each) => (
          <label key={each} className="choice">
            <input
              type="radio"
              name="mode"
              value={each}
              checked={chosen === each}
              onChange={() => onChange({ mode: each })}
            />
            <span>
              <strong>{each}</strong>
              {each === defaults?.mode && <span className="quiet"> (usual)</span>}
              <span className="hint">{meaning(each)}</span>
            </span>
          </label>
        ))}
      </div>
      <FieldError id="mode-error" line={mistakes.mode} />
    </fieldset>
  );
}

/** `2 models answer, 1 reviews`. */
function shapeText(shape: ModeShape | undefined): string {
  if (!shape) return '';
  const { primaries, validators } = shape;
  const many =
    primaries === 'all' ? 'every model of the category answers' : `${primaries} models answer`;
  const answers = primaries === 1 ? '1 model answers' : many;
  if (validators === 0) return answers;
  return `${answers}, ${validators} ${validators === 1 ? 'reviews' : 'review'}`;
}
