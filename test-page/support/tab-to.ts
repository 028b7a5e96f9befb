import type { Locator } from 'playwright-core';

/** Presses the tab key until an element has the focus; the test fails when it never gets it. */
export async function tabTo(wanted: Locator): Promise<void> {
  for (let pressed = 0; pressed < 100; pressed++) {
    if (await wanted.evaluate((element) => element.matches(':focus'))) return;
    await wanted.page().keyboard.press('Tab');
  }
  throw new Error('The tab key does not reach it');
}
