import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { type Look, type PageState, stageOn } from './page-state.ts';

interface Window {
  readonly width: number;
  readonly maxHeight: number;
  /** Pixels of the picture for each of the window. */
  readonly scale: number;
  readonly isDark?: true;
}

/** The window of each look; a picture is as high as the page, down to the most that it may be. */
const windows: Readonly<Record<Look, Window>> = {
  light: { width: 1280, maxHeight: 1100, scale: 0.75 },
  dark: { width: 1280, maxHeight: 1100, scale: 0.75, isDark: true },
  narrow: { width: 360, maxHeight: 1300, scale: 1 },
  wide: { width: 2560, maxHeight: 1300, scale: 0.5 },
};

const minHeight = 480;

/** From 0 to 100; text is still sharp at this one. */
const quality = 26;

/** Takes the pictures of all states into a folder, which holds nothing else; tells each by its name. */
export async function takeStates(
  states: readonly PageState[],
  { browser, folder }: { readonly browser: Browser; readonly folder: string },
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, looks, reach } of states) {
    await using stack = new AsyncDisposableStack();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    stack.defer(() => context.close());
    const page = await reach(stageOn(stack, context));
    for (const look of looks)
      writeFileSync(`${folder}/${name}-${look}.webp`, await take(page, look));
    process.stdout.write(`${name}\n`);
  }
}

async function take(page: Page, look: Look): Promise<Buffer> {
  const { width, maxHeight, scale, isDark } = windows[look];
  await page.emulateMedia({
    colorScheme: isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  await page.setViewportSize({ width, height: minHeight });
  const wanted = await page.evaluate<number>('document.documentElement.scrollHeight');
  const height = Math.min(maxHeight, wanted);
  await page.setViewportSize({ width, height });
  // What a change of size leads to, such as a chart that is drawn anew, is drawn in the next frames.
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))',
  );
  const session = await page.context().newCDPSession(page);
  const y = await page.evaluate<number>('scrollY');
  const clip = { x: 0, y, width, height, scale };
  const options = { format: 'webp', quality, clip } as const;
  const { data } = await session.send('Page.captureScreenshot', options);
  await session.detach();
  return Buffer.from(data, 'base64');
}
