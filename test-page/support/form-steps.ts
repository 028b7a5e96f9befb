import type { Page } from 'playwright-core';
import type { App } from '../../src/app/app.ts';
import type { KeptEvent } from '../../src/domain/history.ts';
import { doubleTask } from './runners.ts';

/** Writes a task into the form. */
export async function fillTask(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Task' }).fill(doubleTask);
}

/** Starts the run of the form; gives its events when it has ended. */
export async function startedRun(page: Page, app: App): Promise<readonly KeptEvent[]> {
  await page.getByRole('button', { name: 'Start the run' }).click();
  return endedRun(page, app);
}

/** Waits until the run that is shown has ended; gives its events. */
export async function endedRun(page: Page, app: App): Promise<readonly KeptEvent[]> {
  await page.waitForURL(/\/runs\//);
  await page.getByRole('button', { name: 'New run from this one' }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  return (await (await app.history()).events(id)) ?? [];
}
