import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { KeptEvent } from '../src/domain/history.ts';
import { copyRun } from './support/copy-run.ts';
import { earlier } from './support/earlier.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { describePage, openPage } from './support/open-page.ts';
import { finishRun } from './support/run-api.ts';
import { doubleTask, splitRunners, writer } from './support/runners.ts';
import { servePage } from './support/serve-page.ts';
import { hostileAnswer, hostileReview } from './support/stories.ts';

describePage('the history', () => {
  test('finds one of 200 runs, and shows older ones on demand', async () => {
    await using served = await servePage(splitRunners());
    const id = await finishRun(served.url, { task: doubleTask, mode: 'complex' });
    for (let number = 1; number < 200; number++) await copyRun(served.app, id, earlier(number));
    const page = await openPage(`${served.url}/history`);
    const rows = page.locator('.run-item');
    await expect.poll(() => rows.count()).toBe(60);
    for (const count of [120, 180, 200]) {
      await page.getByRole('button', { name: 'Show older runs' }).click();
      await expect.poll(() => rows.count()).toBe(count);
    }
    const startedAt = performance.now();
    await page.getByLabel('Words of the task').fill('Number 137');
    await expect.poll(() => rows.count()).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    await expectAccessible(page);
    await page.getByLabel('Words of the task').fill('nothing like it');
    await page.getByText('No run fits').waitFor();
  });

  test('adds older runs once, also those of one moment, and keeps its filter on the way back', async () => {
    await using served = await servePage(splitRunners());
    const id = await finishRun(served.url, { task: doubleTask, models: ['codex'] });
    const [first] = (await (await served.app.history()).events(id)) ?? [];
    const atOnce = (event: KeptEvent): KeptEvent => ({ ...event, atMs: first?.atMs ?? 0 });
    for (let number = 1; number < 70; number++) await copyRun(served.app, id, atOnce);
    const page = await openPage(`${served.url}/history`);
    const rows = page.locator('.run-item');
    await expect.poll(() => rows.count()).toBe(60);
    const { promise: looked, resolve: find } = Promise.withResolvers<void>();
    await page.route(/\?.*text=doubles/, (route) => looked.then(() => route.continue()));
    await page.getByLabel('Words of the task').fill('doubles');
    await expect.poll(() => new URL(page.url()).search).toBe('?text=doubles');
    const older = page.getByRole('button', { name: 'Show older runs' });
    expect(await older.isDisabled()).toBe(true);
    find();
    await older.dblclick();
    await expect.poll(() => rows.count()).toBe(70);
    await page.reload();
    await rows.first().getByRole('link').click();
    await page.getByRole('heading', { name: /^Run/ }).waitFor();
    await page.goBack();
    await expect.poll(() => page.getByLabel('Words of the task').inputValue()).toBe('doubles');
    await page.getByLabel('Words of the task').fill('');
    await expect.poll(() => page.url()).toBe(`${served.url}/history`);
  });

  test('compares two runs', async () => {
    await using served = await servePage(splitRunners());
    await finishRun(served.url, { task: doubleTask, models: ['codex'] });
    await finishRun(served.url, { task: `${doubleTask} Again.`, models: ['claude-code'] });
    const page = await openPage(`${served.url}/history`);
    await expect.poll(() => page.getByRole('checkbox').count()).toBe(2);
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Compare two runs' }).click();
    await page
      .locator('.diff-added', { hasText: 'n < 3' })
      .or(page.locator('.diff-removed', { hasText: 'n < 3' }))
      .waitFor();
    await page.getByRole('row', { name: /^Chosen/ }).waitFor();
    await expectAccessible(page);
  });

  test('decides again, and deletes only after asking once more', async () => {
    await using served = await servePage(splitRunners());
    const id = await finishRun(served.url, { task: doubleTask, mode: 'complex' });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByRole('button', { name: 'Decide again' }).click();
    await page.getByText('Decided again, the same comes out').waitFor();
    const other = await openPage(`${served.url}/runs/${id}`);
    await other.getByRole('button', { name: 'Decide again' }).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete the run' }).click();
    await page.getByText('No run is kept').waitFor();
    await other.getByRole('button', { name: 'Decide again' }).click();
    const fault = other.getByRole('alert').filter({ hasText: 'Cannot find run' });
    expect(await fault.textContent()).not.toContain('orchestrator');
    await other.getByRole('button', { name: 'Delete', exact: true }).click();
    await other.getByRole('button', { name: 'Delete the run' }).click();
    await other.getByText('No run is kept').waitFor();
    await page.goto(`${served.url}/runs/${id}`);
    await page.getByText('There is no such run').waitFor();
    await expectAccessible(page);
  });
});

describePage('a hostile answer', () => {
  test('stays text on the page and in the file that is shared', async () => {
    const runners = {
      ...splitRunners(),
      codex: writer('codex', { answer: hostileAnswer }),
      gemini: writer('gemini', { answer: hostileAnswer, review: hostileReview }),
    };
    await using served = await servePage(runners);
    const task = '<img src=x onerror="document.title = 1"> Write a page';
    const id = await finishRun(served.url, { task, models: ['codex'], validators: ['gemini'] });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByText('<U+202E>').first().waitFor();
    await page.getByText('How the run went').click();
    for (const name of ['Why this one', 'Candidates', 'Reviews'])
      await page.getByRole('tab', { name }).click();
    await page.getByRole('tabpanel').getByText('Runs <script>').waitFor();
    await expectUnharmed(page, `Run ${id} · Orchestrator`);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as one HTML file' }).click();
    const saved = await readFile(await (await saving).path(), 'utf8');
    expect(saved).toContain('&lt;script&gt;');
    expect(saved).not.toMatch(/<script|<img|<svg|\u202E/);
    await page.goto(`${served.url}/history`);
    await page.locator('.run-item').waitFor();
    await expectUnharmed(page, 'History · Orchestrator');
  });
});

async function expectUnharmed(page: Page, title: string): Promise<void> {
  expect(await page.title()).toBe(title);
  expect(await page.locator('main img, main script, main [onerror], main [onload]').count()).toBe(
    0,
  );
}

describePage('statistics', () => {
  test('are drawn from the history, and saved as CSV, SVG and PNG', async () => {
    await using served = await servePage(splitRunners());
    const id = await finishRun(served.url, { task: doubleTask, mode: 'complex' });
    for (let number = 1; number < 25; number++) await copyRun(served.app, id, earlier(number));
    const page = await openPage(`${served.url}/statistics`);
    await page.getByRole('img', { name: 'Share of wins' }).waitFor();
    expect(await page.getByRole('row', { name: /^codex/ }).textContent()).toContain(
      '25 won, 0 lost',
    );
    await expectAccessible(page);
    const save = async (name: string): Promise<Buffer> => {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name }).click();
      return readFile(await (await saving).path());
    };
    await finishRun(served.url, { task: 'Write a script', models: ['claude-code', 'codex'] });
    const narrow = await openPage(`${served.url}/statistics`, 360);
    await narrow.getByRole('img', { name: 'Share of wins' }).waitFor();
    await narrow
      .locator('svg.chart text', { hasText: /^cla.*backend$/ })
      .first()
      .waitFor();
    expect(await cutTexts(narrow)).toEqual([]);
    expect((await save('Save as CSV')).toString()).toMatch(/^runner,model,category,asked/);
    expect((await save('Save Share of wins as SVG')).toString()).toMatch(/^<svg[\s\S]*codex/);
    expect((await save('Save Share of wins as PNG')).subarray(1, 4).toString()).toBe('PNG');
  });

  test('draw no bar for answers that cost nothing', async () => {
    await using served = await servePage(splitRunners({ costUsd: 0 }));
    await finishRun(served.url, { task: doubleTask, models: ['codex'] });
    const page = await openPage(`${served.url}/statistics`);
    const chart = page.getByRole('img', { name: 'Cost of one answer' });
    await chart.getByText('$0', { exact: true }).waitFor();
    const widths = await chart
      .locator('rect')
      .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    expect(widths).toEqual([0]);
  });

  test('say what to do where there are none', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(`${served.url}/statistics`);
    await page.getByText('Nothing is known of any model').waitFor();
    await expectAccessible(page);
  });
});

/** What is written in charts beyond their edges. */
function cutTexts(page: Page): Promise<readonly string[]> {
  return page.locator('svg.chart text').evaluateAll((texts) =>
    texts.flatMap((text) => {
      const [own, whole] = [text, text.closest('svg')].map((each) => each?.getBoundingClientRect());
      const isCut = own && whole && (own.left < whole.left || own.right > whole.right);
      return isCut ? [text.textContent ?? ''] : [];
    }),
  );
}

describePage('a server with a token', () => {
  test('is opened by the form, and refuses a wrong one in words', async () => {
    await using served = await servePage(splitRunners(), { token: 'secret' });
    const page = await openPage(`${served.url}/history`);
    await page.getByLabel('Token').fill('guess');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('The server does not know the token that was given').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Token').fill('секрет');
    await page.keyboard.press('Enter');
    await page.getByText('The server does not know the token that was given').waitFor();
    await page.getByLabel('Token').fill('secret');
    await page.keyboard.press('Enter');
    await page.getByText('No run is kept').waitFor();
    await page.reload();
    await page.getByText('No run is kept').waitFor();
  });
});
