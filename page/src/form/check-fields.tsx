import type { ReactNode } from 'react';
import type { Draft } from './draft.ts';
import { FileField } from './file-field.tsx';

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** Takes what every answer has to pass. */
export function CheckFields({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <>
      <label htmlFor="commands">Commands</label>
      <p className="hint" id="commands-hint">
        One a line, run in the sandbox on every answer, such as <code>npm test</code>.
      </p>
      <textarea
        id="commands"
        rows={2}
        className="mono"
        spellCheck={false}
        aria-describedby="commands-hint"
        value={draft.commands}
        onChange={(event) => onChange({ commands: event.target.value })}
      />
      <FileField
        label="Test files"
        hint="Such as test_range.py or range.test.ts; 1 MiB each."
        files={draft.tests}
        onFiles={(tests) => onChange({ tests })}
      />
    </>
  );
}

/** Takes what is seldom changed. */
export function FurtherFields({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <>
      <label htmlFor="timeout">Seconds for each model</label>
      <input
        id="timeout"
        type="number"
        min={1}
        max={86_400}
        placeholder="as configured"
        value={draft.timeout}
        onChange={(event) => onChange({ timeout: event.target.value })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={draft.adaptive}
          onChange={(event) => onChange({ adaptive: event.target.checked })}
        />
        Begin with one model, and ask the others only where it does not settle the task
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.strict}
          onChange={(event) => onChange({ strict: event.target.checked })}
        />
        Ask no other model in place of one that is away
      </label>
    </>
  );
}
