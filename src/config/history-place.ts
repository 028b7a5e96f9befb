import { resolve } from 'node:path';
import type { HistorySettings } from '../domain/settings.ts';
import { isPostgresUrl, shownPostgresUrl } from '../lib/postgres-url.ts';

/** Where a text places the history: at the address of a server, or in a file whose path starts from the folder. */
export function historyPlace(text: string, folder = ''): Pick<HistorySettings, 'path' | 'server'> {
  if (!isPostgresUrl(text)) return { path: resolve(folder, text), server: undefined };
  return { path: undefined, server: { url: text, passwordEnv: undefined } };
}

/** What an address of a server has to be like. */
export const wantedAddress = 'an address such as postgres://user@host:5432/database';

/** Whether a text can be the address of a server; shows no more of it than may be seen. */
export function isAddress(text: string): boolean {
  return shownPostgresUrl(text) !== undefined;
}
