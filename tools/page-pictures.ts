// Takes pictures of the page: as it shows the recordings of the demo, and in every state, for docs/pictures/.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openApp } from '../src/app/app.ts';
import { demoSettings, demoTasks } from '../src/app/demo.ts';
import { realClock } from '../src/app/real-clock.ts';
import { builtInSettings } from '../src/config/defaults.ts';
import { readEnvironment } from '../src/config/environment.ts';
import { startServer } from '../src/serve/start-server.ts';
import { startBrowser } from '../test-page/support/browser.ts';
import { galleryOf } from './page-states/gallery-of.ts';
import { groups } from './page-states/groups.ts';
import { takeStates } from './page-states/take-states.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'page-pictures-'));
const history = { keep: true, path: join(folder, 'history.db'), retentionDays: undefined };
const env = readEnvironment();
const app = openApp({ ...demoSettings(builtInSettings), history }, { env });
const server = await startServer(
  { app, clock: realClock },
  {
    host: '127.0.0.1',
    port: 0,
    token: undefined,
    allowHosts: [],
    version: '0',
    page: `${root}dist/page`,
  },
);
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
page.setDefaultTimeout(60_000);
// Where this copy lies is nothing for a document.
await page.route('**/api/models', async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: (await response.text()).replaceAll(root, '') });
});
await takeAll(page);
await takeStates(
  groups.flatMap(({ states }) => states),
  { browser, folder: `${root}docs/pictures/states` },
);
writeFileSync(`${root}docs/page-states.md`, galleryOf(groups));
await browser.close();
await server.close(AbortSignal.abort());
await app.close();
rmSync(folder, { recursive: true, force: true });

async function takeAll(shown: Page): Promise<void> {
  const task = demoTasks().find(({ id }) => id === 'merge-ranges') ?? demoTasks()[0];
  await shown.goto(server.url);
  await shown.getByRole('button', { name: task?.title ?? '' }).click();
  await shown.getByText('→').waitFor();
  await take(shown, 'new-run');
  await shown.getByRole('button', { name: 'Start the run' }).click();
  await shown.getByLabel('What codex writes').getByText('sorted').waitFor();
  await take(shown, 'live-run');
  await shown.getByRole('tab', { name: 'Tests' }).click();
  await shown.locator('.cell-failed').first().click();
  await shown.setViewportSize({ width: 1200, height: 1120 });
  await shown.evaluate('scrollTo(0, 0)');
  await take(shown, 'decision');
  await shown.getByRole('tab', { name: 'Candidates' }).click();
  await shown.getByLabel('Show as a diff').check();
  await shown.getByLabel(/^From/).scrollIntoViewIfNeeded();
  await take(shown, 'candidates');
}

async function take(shown: Page, name: string): Promise<void> {
  await shown.screenshot({ path: `${root}docs/pictures/page-${name}.png`, animations: 'disabled' });
}
