import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from './support/expect-accessible.ts';
import { describePage, openPage } from './support/open-page.ts';
import { finishRun } from './support/run-api.ts';
import { writer } from './support/runners.ts';
import { type ServedPage, servePage } from './support/serve-page.ts';
import {
  clampTask,
  designRunners,
  designTask,
  manyFiles,
  mergeRunners,
} from './support/stories.ts';

async function openRun(served: ServedPage, request: object): Promise<Page> {
  return openPage(`${served.url}/runs/${await finishRun(served.url, request)}`);
}

async function tableOf(page: Page, name: string): Promise<readonly string[][]> {
  const rows = await page.getByRole('region', { name, exact: true }).getByRole('row').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allTextContents()));
}

describePage('a merged answer', () => {
  test('shows what it passes beside the answers that it is made of, and whose each line is', async () => {
    await using served = await servePage(mergeRunners());
    const page = await openRun(served, { task: clampTask, mode: 'complex' });
    await page.getByRole('tab', { name: 'Merge' }).click();
    await page.getByText('it passes all that the best single answer passes, and 1 more').waitFor();
    const [head = [], ...rows] = await tableOf(page, 'The merged answer and the others');
    expect(head.slice(0, 3)).toEqual(['Answer', 'Checks passed', 'Shown tests met']);
    expect(rows.map((row) => [row[0], row[2]])).toEqual([
      ['merged answer', '✓ 2 of 2'],
      ['codex best single', '✕ 1 of 2'],
      ['claude-code', '✕ 1 of 2'],
    ]);
    const passages = page.getByLabel('clamp.js of the merged answer').getByRole('listitem');
    expect(await passages.filter({ hasText: 'n > high' }).textContent()).toMatch(/^claude-code/);
    expect(await passages.filter({ hasText: 'n < low' }).textContent()).toMatch(/^codex/);
    expect(await passages.filter({ hasText: 'What is no number' }).textContent()).toMatch(
      /^in none/,
    );
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Tests' }).click();
    expect(await page.getByRole('columnheader').allTextContents()).toContain('merged chosen');
    await page.getByRole('tab', { name: 'Candidates' }).click();
    expect(await page.getByRole('article').getByText('chosen').count()).toBe(0);
  });

  test('says why it was dropped, and keeps the best single one as chosen', async () => {
    const wrong = '```js\nexport function clamp(n, low, high) {\n  return low;\n}\n```';
    await using served = await servePage(mergeRunners(wrong));
    const page = await openRun(served, { task: clampTask, mode: 'complex' });
    await page.getByRole('tab', { name: 'Merge' }).click();
    await page.getByText('The merged answer was dropped: it does otherwise').waitFor();
    const [, merged = []] = await tableOf(page, 'The merged answer and the others');
    expect(merged.at(-1)).toMatch(/^✕ \d+ of \d+$/);
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Candidates' }).click();
    await page.getByRole('article', { name: 'codex' }).getByText('chosen').waitFor();
  });
});

describePage('views on a design', () => {
  test('are set side by side: contradictions, what several say, and what only one says', async () => {
    await using served = await servePage(designRunners());
    const page = await openRun(served, { task: designTask, mode: 'architectural' });
    await page.getByText(/^4 views: 3 contradictions/).waitFor();
    const queue = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { name: 'Queue' }) });
    expect(await queue.textContent()).toContain('Queue: Kafkaclaude-code, gemini');
    const [head = [], ...rows] = await tableOf(page, 'What several say');
    const database = rows.find(([point]) => point?.startsWith('Database: PostgreSQL')) ?? [];
    expect(database[head.indexOf('codex')]).toBe('✓ says it');
    expect(database[head.indexOf('gemini')]).toBe('–does not');
    await page
      .getByRole('region', { name: 'What only codex says' })
      .getByText('Card numbers never reach our servers')
      .waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 900 });
    await page.getByRole('rowheader', { name: /PostgreSQL .*claude-code/ }).waitFor();
    await page.getByRole('tab', { name: 'Answer' }).click();
    await page.getByRole('region', { name: 'Chosen answer' }).getByText('Database').waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Candidates' }).click();
    await expectAccessible(page);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as one HTML file' }).click();
    const saved = await readFile(await (await saving).path(), 'utf8');
    expect(saved).toContain('<li><b>Queue</b>');
  });
});

describePage('an answer of several files', () => {
  test('is a tree that shows one file at a time', async () => {
    await using served = await servePage({ codex: writer('codex', { answer: manyFiles }) });
    const page = await openRun(served, { task: 'Write a service', models: ['codex'] });
    const tree = page.getByRole('navigation', { name: 'Files' });
    await tree.waitFor();
    expect(await tree.getByRole('button').allTextContents()).toEqual([
      'order.ts',
      'total.ts',
      'charge.ts',
      'main.ts',
      'package.json',
      'README.md',
    ]);
    await tree.getByRole('button', { name: 'package.json' }).click();
    await page.getByLabel('package.json of chosen answer').getByText('module').waitFor();
    await expectAccessible(page);
  });
});
