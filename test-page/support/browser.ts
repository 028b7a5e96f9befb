import { type Browser, chromium } from 'playwright-core';
import { findOrInstall } from '../../test/services/find-or-install.ts';

/** Debian's browser, or why there is none. */
export const found: ReturnType<typeof findOrInstall> = findOrInstall({
  names: ['chromium', 'chromium-browser', 'google-chrome'],
  folders: [],
  debian: 'chromium',
});

/** What keeps the browser from asking its vendor's servers for anything. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser without a window. */
export function startBrowser(): Promise<Browser> {
  if (found.status === 'missing') throw new Error(found.because);
  return chromium.launch({ executablePath: found.path, headless: true, args: quiet });
}
