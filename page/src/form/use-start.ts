import { useState } from 'react';
import { useLocation } from 'wouter';
import { startRun } from '../api/calls.ts';
import { RequestError } from '../api/request.ts';
import { type Draft, requestOf } from './draft.ts';
import { forgetDraft } from './kept-draft.ts';
import { type Mistakes, mistakesAt } from './mistakes-of.ts';

/** How a start goes. */
export interface StartState {
  readonly isBusy: boolean;
  /** Why it failed, where no field is to blame; else null. */
  readonly error: unknown;
  /** What the server says of fields. */
  readonly mistakes: Mistakes;
}

/** Starting the run of a draft. */
export interface Start {
  readonly state: StartState;
  /** Asks the server; resolves to whether it took the run, whose page is shown then. */
  readonly start: (draft: Draft) => Promise<boolean>;
  /** Forgets what the server said of these fields. */
  readonly forgive: (fields: readonly string[]) => void;
}

const atRest: StartState = { isBusy: false, error: null, mistakes: {} };

/** Starts runs; one at a time. */
export function useStart(): Start {
  const [, navigate] = useLocation();
  const [state, setState] = useState(atRest);
  const start = async (draft: Draft): Promise<boolean> => {
    setState({ ...atRest, isBusy: true });
    try {
      const { id } = await startRun(requestOf(draft));
      forgetDraft(sessionStorage);
      navigate(`/runs/${id}`);
      return true;
    } catch (error) {
      const mistakes = error instanceof RequestError ? mistakesAt(error.places) : {};
      const isPlaced = Object.keys(mistakes).some((field) => field in draft || field.includes('/'));
      setState({ isBusy: false, error: isPlaced ? null : error, mistakes });
      return false;
    }
  };
  const forgive = (fields: readonly string[]): void =>
    setState((before) => ({ ...before, error: null, mistakes: without(before.mistakes, fields) }));
  return { state, start, forgive };
}

/** The numbers of single models are one field of the draft. */
function without(mistakes: Mistakes, fields: readonly string[]): Mistakes {
  const isOf = (name: string): boolean =>
    fields.includes(name) || (name.startsWith('samples/') && fields.includes('samples_of'));
  return Object.fromEntries(Object.entries(mistakes).filter(([name]) => !isOf(name)));
}
