import { type RefObject, useEffect, useRef, useState } from 'react';
import { getDefaults } from '../api/calls.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { emptyDraft } from './draft.ts';
import type { FormPart } from './form-part.ts';
import { type Mistakes, mistakesOf } from './mistakes-of.ts';
import { showMistake } from './show-mistake.ts';
import { useDraft } from './use-draft.ts';
import { type StartState, useStart } from './use-start.ts';

/** The form of a new run. */
export interface Form extends FormPart {
  readonly element: RefObject<HTMLFormElement | null>;
  /** What a person should know of how the form was filled in; empty for nothing. */
  readonly note: string;
  readonly state: StartState;
  /** Whether chosen files are not read yet. */
  readonly isReading: boolean;
  /** Begins the run, or shows the first mistake. */
  readonly start: () => Promise<void>;
  readonly clear: () => void;
}

/** Holds what is put into the form, and which of its mistakes are to be shown. */
export function useForm(): Form {
  const [{ draft, note }, setFilled] = useDraft();
  const [defaults] = useLoaded(getDefaults, 'defaults');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reading, setReading] = useState<ReadonlySet<string>>(new Set());
  /** How often a start was refused. */
  const [refusals, setRefusals] = useState(0);
  const element = useRef<HTMLFormElement>(null);
  const { state, start, forgive } = useStart();
  const found = mistakesOf(draft);
  useEffect(() => {
    if (refusals > 0 && element.current) showMistake(element.current);
  }, [refusals]);
  return {
    element,
    draft,
    note,
    defaults: defaults.status === 'loaded' ? defaults.value : null,
    mistakes: { ...(refusals > 0 ? found : only(found, left)), ...state.mistakes },
    state,
    isReading: reading.size > 0,
    onChange: (change) => {
      forgive(Object.keys(change));
      setFilled((before) => ({ ...before, draft: { ...before.draft, ...change } }));
    },
    onLeft: (field) => setLeft((before) => new Set([...before, field])),
    onReading: (field, isReading) =>
      setReading((before) => {
        const others = [...before].filter((other) => other !== field);
        return new Set(isReading ? [...others, field] : others);
      }),
    start: async () => {
      if (draft.task.trim() === '' || state.isBusy || reading.size > 0) return;
      const isTaken = Object.keys(found).length === 0 && (await start(draft));
      if (!isTaken) setRefusals((before) => before + 1);
    },
    clear: () => {
      setFilled(() => ({ draft: emptyDraft, note: '' }));
      forgive(Object.keys(emptyDraft));
      setLeft(new Set());
      setRefusals(0);
    },
  };
}

function only(mistakes: Mistakes, fields: ReadonlySet<string>): Mistakes {
  return Object.fromEntries(Object.entries(mistakes).filter(([name]) => fields.has(name)));
}
