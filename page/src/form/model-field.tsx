import type { ReactNode } from 'react';
import type { ModelView } from '../../../src/serve/api/shapes.ts';
import { listModels } from '../api/calls.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Badge } from '../shell/badge.tsx';
import { Fault, Loading } from '../shell/notice.tsx';

interface ModelFieldProps {
  readonly chosen: readonly string[];
  readonly onChosen: (models: readonly string[]) => void;
}

/** Chooses the models that are asked, and says which of them cannot be, and what to do about it. */
export function ModelField({ chosen, onChosen }: ModelFieldProps): ReactNode {
  const [models, again] = useLoaded(listModels, 'models');
  if (models.status === 'failed') return <Fault error={models.error} onAgain={again} />;
  if (models.status === 'loading') return <Loading what="the models" />;
  const toggle = (name: string): void =>
    onChosen(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  return (
    <fieldset>
      <legend>Models</legend>
      <p className="hint">
        {chosen.length === 0
          ? 'None is chosen: the task decides who is asked.'
          : 'Exactly these are asked for an answer.'}
      </p>
      <ul className="model-list">
        {models.value.map((model) => (
          <ModelRow
            key={model.name}
            model={model}
            isChosen={chosen.includes(model.name)}
            onToggle={() => toggle(model.name)}
          />
        ))}
      </ul>
    </fieldset>
  );
}

interface ModelRowProps {
  readonly model: ModelView;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

function ModelRow({ model, isChosen, onToggle }: ModelRowProps): ReactNode {
  const { name, type, available, where, why_not, remedy } = model;
  return (
    <li>
      <label className="check">
        <input type="checkbox" checked={isChosen} onChange={onToggle} />
        <span className="seat-name">{name}</span>
        <Badge tone={available ? 'good' : 'plain'}>{available ? 'available' : 'unavailable'}</Badge>
      </label>
      {available ? (
        <p className="hint">
          {type}, {where}
        </p>
      ) : (
        <p className="hint">
          {why_not}. <strong>{remedy}</strong>
        </p>
      )}
    </li>
  );
}
