import { useLayoutEffect, useState } from 'react';
import { emptyDraft } from './draft.ts';
import type { FilledDraft } from './draft-of-task.ts';
import { keepFields, keepFiles, keptDraft } from './kept-draft.ts';

/** The draft of this tab, which a reload does not lose. */
export function useDraft(): readonly [
  FilledDraft,
  (change: (before: FilledDraft) => FilledDraft) => void,
] {
  const [filled, setFilled] = useState(() => keptDraft(sessionStorage));
  const { context, tests } = filled.draft;
  // Before the picture is drawn: what a person sees is not lost by a reload at that moment.
  useLayoutEffect(() => keepFields(filled, sessionStorage), [filled]);
  // Files can be large, so they are written only when they change.
  useLayoutEffect(
    () => keepFiles({ ...emptyDraft, context, tests }, sessionStorage),
    [context, tests],
  );
  return [filled, setFilled];
}
