import { useEffect } from 'react';

/** Names the view in the title of the window. */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · Orchestrator`;
  }, [name]);
}
