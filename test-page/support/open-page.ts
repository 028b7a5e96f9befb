import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { found, startBrowser } from './browser.ts';

let browser: Browser | undefined;
const open: { readonly page: Page; readonly faults: readonly string[] }[] = [];

/** Groups tests that need the browser; without one they are skipped, and the reason is in their name. */
export function describePage(name: string, tests: () => void): void {
  const because = found.status === 'missing' ? ` (skipped: ${found.because})` : '';
  describe.skipIf(found.status === 'missing')(`${name}${because}`, () => {
    beforeAll(async () => {
      browser = await startBrowser();
    });
    afterAll(async () => browser?.close());
    // What the browser refuses, such as a script that the policy forbids, is said on its console.
    afterEach(async () => {
      const all = open.splice(0);
      for (const { page } of all) await page.context().close();
      expect(all.flatMap(({ faults }) => faults)).toEqual([]);
    });
    tests();
  });
}

/** Opens a page in a window of its own; the test fails when the page meets an error or asks another host. */
export async function openPage(url: string, width = 1280): Promise<Page> {
  if (!browser) throw new Error('Cannot open a page: no browser was started');
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
      faults.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(url).host) faults.push(`asks ${host}`);
  });
  page.setDefaultTimeout(20_000);
  open.push({ page, faults });
  await page.goto(url);
  return page;
}
