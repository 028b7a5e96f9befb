import type { ReactNode } from 'react';
import { listText } from '../../../src/report/amounts.ts';
import { safeLine } from '../../../src/report/safe-text.ts';
import type { ModelView } from '../../../src/serve/api/shapes.ts';
import { listModels } from '../api/calls.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { Badge } from '../shell/badge.tsx';
import { Fault, Loading } from '../shell/notice.tsx';
import { FieldError } from './field-error.tsx';
import type { FormPart } from './form-part.ts';
import { samplesField } from './mistakes-of.ts';

/** Chooses who answers, how often, and who reviews; says which models cannot be asked, and what to do about it. */
export function ModelField({ form }: { readonly form: FormPart }): ReactNode {
  const [models, again] = useLoaded(listModels, 'models');
  const { draft, mistakes } = form;
  if (models.status === 'failed') return <Fault error={models.error} onAgain={again} />;
  if (models.status === 'loading') return <Loading what="the models" />;
  const line = mistakes.models ?? mistakes.validators;
  return (
    <fieldset aria-describedby="models-hint models-error">
      <legend>Models</legend>
      <p className="hint" id="models-hint">
        {chosenText(form)}
      </p>
      <ul className="model-list">
        {withUnlisted(models.value, [...draft.models, ...draft.validators]).map((model) => (
          <ModelRow key={model.name} model={model} form={form} />
        ))}
      </ul>
      <FieldError id="models-error" line={line} />
    </fieldset>
  );
}

function chosenText({ draft: { models, validators }, defaults }: FormPart): string {
  if (models.length > 0) {
    const reviewers = validators.length === 0 ? 'nobody reviews' : reviewText(validators);
    return `Exactly these are asked: ${names(models)} for an answer, and ${reviewers}.`;
  }
  const usual = defaults?.models;
  const answers = usual ? `${names(usual)} as configured` : 'by the task';
  if (validators.length > 0) return `Who answers is chosen ${answers}; ${reviewText(validators)}.`;
  return usual
    ? `None is chosen: asked is ${answers}.`
    : 'None is chosen: the task decides who answers and who reviews.';
}

function reviewText(validators: readonly string[]): string {
  return `${names(validators)} ${validators.length === 1 ? 'reviews' : 'review'}`;
}

function names(list: readonly string[]): string {
  return safeLine(listText(list));
}

/** What was chosen, such as for an earlier run, and is not listed has a row too, so that it can be taken out. */
function withUnlisted(
  listed: readonly ModelView[],
  chosen: readonly string[],
): readonly ModelView[] {
  const unlisted = [...new Set(chosen)].filter((name) => !listed.some((row) => row.name === name));
  const rest = { type: '', available: false, where: null, refusal: null };
  const why_not = 'It is not in the list of this server';
  const remedy = 'Take it out if the server does not know it';
  return [...listed, ...unlisted.map((name) => ({ ...rest, name, why_not, remedy }))];
}

interface ModelRowProps {
  readonly model: ModelView;
  readonly form: FormPart;
}

function ModelRow({ model, form }: ModelRowProps): ReactNode {
  const { name, type, available, where, why_not, remedy, refusal } = model;
  const { draft, onChange } = form;
  return (
    <li>
      <p className="row">
        <span className="seat-name">{safeLine(name)}</span>
        <Badge tone={available ? 'good' : 'plain'}>{available ? 'available' : 'unavailable'}</Badge>
      </p>
      {available ? (
        <p className="hint">
          {type}, {where}
          {refusal !== null && <strong>. Not asked for a while: {refusal}</strong>}
        </p>
      ) : (
        <p className="hint">
          {why_not}. <strong>{remedy}</strong>
        </p>
      )}
      <div className="model-roles">
        <RoleBox
          name={name}
          does="answers"
          isChosen={draft.models.includes(name)}
          onToggle={() => onChange({ models: toggled(draft.models, name) })}
        />
        {draft.models.includes(name) && <OwnSamples name={name} form={form} />}
        <RoleBox
          name={name}
          does="reviews"
          isChosen={draft.validators.includes(name)}
          onToggle={() => onChange({ validators: toggled(draft.validators, name) })}
        />
      </div>
      <FieldError id={samplesErrorId(name)} line={form.mistakes[samplesField(name)]} />
    </li>
  );
}

interface RoleBoxProps {
  readonly name: string;
  readonly does: 'answers' | 'reviews';
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

function RoleBox({ name, does, isChosen, onToggle }: RoleBoxProps): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={isChosen} onChange={onToggle} />
      <span>
        <span className="visually-hidden">{safeLine(name)} </span>
        {does}
      </span>
    </label>
  );
}

/** How many answers one model is asked for, where that is another number than for all. */
function OwnSamples({ name, form }: { readonly name: string; readonly form: FormPart }): ReactNode {
  const { draft, defaults, mistakes, onChange, onLeft } = form;
  return (
    <label className="own-samples">
      <span className="visually-hidden">{safeLine(name)} answers </span>
      <input
        inputMode="numeric"
        autoComplete="off"
        placeholder={draft.samples.trim() || String(defaults?.samples ?? '')}
        value={draft.samples_of[name] ?? ''}
        aria-invalid={mistakes[samplesField(name)] !== undefined}
        aria-describedby={samplesErrorId(name)}
        onChange={(event) =>
          onChange({ samples_of: { ...draft.samples_of, [name]: event.target.value } })
        }
        onBlur={() => onLeft(samplesField(name))}
      />
      times
    </label>
  );
}

function samplesErrorId(name: string): string {
  return `samples-error-${encodeURIComponent(name)}`;
}

function toggled(list: readonly string[], name: string): readonly string[] {
  return list.includes(name) ? list.filter((each) => each !== name) : [...list, name];
}
