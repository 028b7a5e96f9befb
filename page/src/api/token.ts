const key = 'orchestrator-token';
const listeners = new Set<() => void>();
let wanted = false;

/** The token that the person gave in this tab; null without one. */
export function currentToken(): string | null {
  return sessionStorage.getItem(key);
}

/** Keeps a token until the tab is closed. */
export function giveToken(token: string): void {
  sessionStorage.setItem(key, token);
  tell(false);
}

/** Notes that the server lets nobody in without another token. */
export function askForToken(): void {
  tell(true);
}

/** Whether a token has to be asked for. */
export function isTokenWanted(): boolean {
  return wanted;
}

/** Calls back when that changes; returns what stops it. */
export function watchToken(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}

function tell(isWanted: boolean): void {
  wanted = isWanted;
  for (const onChange of listeners) onChange();
}
