import { expect, test } from 'vitest';
import { cuttable } from './support/cuttable.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { describePage, openPage } from './support/open-page.ts';
import { beginRun } from './support/run-api.ts';
import { doubleTask, splitRunners } from './support/runners.ts';
import { servePage } from './support/serve-page.ts';

const request = { task: doubleTask, mode: 'complex' };

describePage('the connection to the server', () => {
  test('is opened again where it was, and says meanwhile that it is lost', async () => {
    const { promise: halfway, resolve: goOn } = Promise.withResolvers<void>();
    await using served = await servePage(splitRunners({ pieces: 60, paceMs: 10, halfway }));
    await using way = await cuttable(served.url);
    const id = await beginRun(served.url, request);
    const page = await openPage(`${way.url}/runs/${id}`);
    await page.getByLabel('What codex writes').getByText('export').waitFor();
    way.cut();
    await page.getByRole('alert').getByText('The connection is lost').waitFor();
    await expectAccessible(page);
    goOn();
    way.mend();
    await page.getByRole('tab', { name: 'Answer' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByText('How the run went').click();
    const text = await page.getByLabel('What codex writes').textContent();
    expect(text).toBe('```js\n// double.js\nexport function double(n) {\n  return n * 2;\n}\n```');
  });

  test('says in words that a view cannot be loaded without it', async () => {
    await using served = await servePage(splitRunners());
    await using way = await cuttable(served.url);
    const page = await openPage(way.url);
    await page.getByText('claude-code').first().waitFor();
    way.cut();
    await page.getByRole('link', { name: 'Statistics' }).click();
    await page.getByRole('alert').getByText('Cannot load this view').waitFor();
    await expectAccessible(page);
    way.mend();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nothing is known of any model').waitFor();
  });
});

describePage('a browser whose clock is a day ahead', () => {
  test('shows the seconds of the server', async () => {
    await using served = await servePage(splitRunners({ hangs: true }));
    const id = await beginRun(served.url, request);
    const page = await openPage(`${served.url}/history`);
    await page.addInitScript('const now = Date.now; Date.now = () => now() + 86_400_000;');
    await page.goto(`${served.url}/runs/${id}`);
    const time = page.locator('.facts dd').first();
    const first = await time.textContent();
    await expect.poll(() => time.textContent()).not.toBe(first);
    expect(await time.textContent()).toMatch(/^\d{1,2}(?:\.\d)? s$/);
    const lane = page.getByRole('listitem', { name: 'codex primary-2' });
    expect(await lane.locator('.lane-facts').textContent()).toMatch(/^\d{1,2}(?:\.\d)? s/);
  });
});
