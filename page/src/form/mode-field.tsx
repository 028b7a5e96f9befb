import type { ReactNode } from 'react';
import { type Mode, modes } from '../../../src/domain/mode.ts';

const meanings: Readonly<Record<Mode | 'auto', string>> = {
  auto: 'by the task',
  simple: 'one model',
  medium: 'one model and a reviewer',
  complex: 'several models, compared and reviewed',
  architectural: 'every model, for a design',
};

interface ModeFieldProps {
  readonly mode: Mode | 'auto';
  readonly onMode: (mode: Mode | 'auto') => void;
}

/** Chooses how many models a task is worth. */
export function ModeField({ mode, onMode }: ModeFieldProps): ReactNode {
  return (
    <fieldset>
      <legend>Mode</legend>
      <div className="choices">
        {(['auto', ...modes] as const).map((each) => (
          <label key={each} className="choice">
            <input
              type="radio"
              name="mode"
              value={each}
              checked={mode === each}
              onChange={() => onMode(each)}
            />
            <span>
              <strong>{each}</strong>
              <span className="hint">{meanings[each]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
