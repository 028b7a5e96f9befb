import { useCallback, useEffect, useState } from 'react';
import { isTokenWanted, watchToken } from './token.ts';

/** What is there of something that the server is asked for. */
export type Loaded<Value> =
  | { readonly status: 'loading' }
  | { readonly status: 'loaded'; readonly value: Value }
  | { readonly status: 'failed'; readonly error: unknown };

/** Loads something when the key changes, and again on demand; an answer that comes too late is dropped. */
export function useLoaded<Value>(
  load: () => Promise<Value>,
  key: string,
): readonly [Loaded<Value>, () => void] {
  const [state, setState] = useState<Loaded<Value>>({ status: 'loading' });
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  // A token that was given may open what was closed.
  useEffect(() => watchToken(() => !isTokenWanted() && again()), [again]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is loaded; the function is made anew each time.
  useEffect(() => {
    let current = true;
    setState((before) => (before.status === 'loaded' ? before : { status: 'loading' }));
    load().then(
      (value) => current && setState({ status: 'loaded', value }),
      (error: unknown) => current && setState({ status: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  return [state, again];
}
