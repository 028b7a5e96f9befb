import { useEffect, useState } from 'react';
import type { RouteView } from '../../../src/serve/api/shapes.ts';
import { previewRoute } from '../api/calls.ts';
import { type Draft, requestOf } from './draft.ts';

/** Milliseconds without a key before the server is asked. */
const quietMs = 350;

/** What would come of a draft. */
export interface RoutePreview {
  readonly route: RouteView | null;
  readonly error: unknown;
}

const nothing: RoutePreview = { route: null, error: null };

/** Asks the server who would be asked, when the person stops typing; files do not take part in that. */
export function useRoute({ task, mode, models, adaptive, strict }: Draft): RoutePreview {
  const [preview, setPreview] = useState(nothing);
  const names = models.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names stand for the list, which is made anew each time.
  useEffect(() => {
    if (task.trim() === '') {
      setPreview(nothing);
      return undefined;
    }
    const stop = new AbortController();
    const draft = { task, mode, models, adaptive, strict };
    const request = requestOf({ ...draft, context: [], tests: [], commands: '', timeout: '' });
    const ask = (): void => {
      previewRoute(request, stop.signal).then(
        (route) => stop.signal.aborted || setPreview({ route, error: null }),
        (error: unknown) => stop.signal.aborted || setPreview({ route: null, error }),
      );
    };
    const timer = setTimeout(ask, quietMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [task, mode, names, adaptive, strict]);
  return preview;
}
