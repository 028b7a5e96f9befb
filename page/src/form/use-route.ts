import { useEffect, useState } from 'react';
import type { RouteView } from '../../../src/serve/api/shapes.ts';
import { previewRoute } from '../api/calls.ts';
import { type Draft, requestOf } from './draft.ts';

/** Milliseconds without a key before the server is asked. */
const quietMs = 350;

/** The most characters of context that take part in the preview; it is asked for at every pause of typing. */
const contextMaxLength = 256 * 1024;

/** What would come of a draft. */
export interface RoutePreview {
  readonly route: RouteView | null;
  readonly error: unknown;
  /** Whether the files were too large to be counted in the estimate. */
  readonly isWithoutFiles: boolean;
}

const nothing: RoutePreview = { route: null, error: null, isWithoutFiles: false };

/** Asks the server who would be asked and what that may use, when the person stops typing. */
export function useRoute(draft: Draft): RoutePreview {
  const [preview, setPreview] = useState(nothing);
  const { context, ...settings } = requestOf({ ...draft, tests: [], check: '' });
  const key = JSON.stringify(settings);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the settings, which are made anew each time.
  useEffect(() => {
    if (settings.task.trim() === '') {
      setPreview(nothing);
      return undefined;
    }
    const stop = new AbortController();
    const length = draft.context.reduce((sum, { text }) => sum + text.length, 0);
    const isWithoutFiles = length > contextMaxLength;
    const request = isWithoutFiles ? settings : { ...settings, context };
    const show = (shown: Partial<RoutePreview>): void => {
      if (!stop.signal.aborted) setPreview({ ...nothing, isWithoutFiles, ...shown });
    };
    const ask = (): void => {
      previewRoute(request, stop.signal).then(
        (route) => show({ route }),
        (error: unknown) => show({ error }),
      );
    };
    const timer = setTimeout(ask, quietMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, draft.context]);
  return preview;
}
