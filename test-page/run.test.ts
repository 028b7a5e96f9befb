import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyRun, withoutSandbox } from './support/copy-run.ts';
import { cuttable } from './support/cuttable.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { describePage, openPage } from './support/open-page.ts';
import { beginRun, finishRun } from './support/run-api.ts';
import { away, doubleTask, failing, splitRunners, writer } from './support/runners.ts';
import { servePage } from './support/serve-page.ts';
import { longAnswer } from './support/stories.ts';
import { tabTo } from './support/tab-to.ts';

describePage('a run', () => {
  test('goes from the form to the decision, whose first thing is the input that separates the answers', async () => {
    const { promise: halfway, resolve: goOn } = Promise.withResolvers<void>();
    await using served = await servePage({
      ...splitRunners({ pieces: 20, halfway }),
      grok: away('grok'),
    });
    const page = await openPage(served.url);
    await expect.poll(() => page.getByText('Install grok and sign in').count()).toBe(1);
    await page.getByRole('textbox', { name: 'Task' }).fill(doubleTask);
    await page.getByText(/^backend: .* → claude-code, codex/).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('button', { name: 'Cancel the run' }).waitFor();
    await page.getByLabel('What codex writes').getByText('export').waitFor();
    await expectAccessible(page);
    goOn();
    await page.getByRole('tab', { name: 'Answer' }).waitFor();
    const headings = await page.getByLabel('Decision').getByRole('heading').allTextContents();
    expect(headings[0]).toBe('The answers part on this input');
    await page.getByText('double(5)').first().waitFor();
    await expectAccessible(page);
    for (const name of ['Why this one', 'Candidates', 'Tests', 'Reviews']) {
      await page.getByRole('tab', { name }).click();
      await expectAccessible(page);
    }
  });

  test('shows what was expected and what came, and the answers as a diff', async () => {
    await using served = await servePage(splitRunners());
    const id = await finishRun(served.url, { task: doubleTask, mode: 'complex' });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByRole('tab', { name: 'Tests' }).click();
    await page.getByRole('button', { name: 'claude-code, validator-1: failed' }).click();
    const detail = page.getByRole('complementary');
    expect(await detail.locator('pre').allTextContents()).toEqual(['double(5)', '10', '8']);
    await page.getByRole('tab', { name: 'Candidates' }).click();
    await page.getByLabel('Show as a diff').check();
    await page.locator('.diff-added', { hasText: 'n < 3' }).waitFor();
    await page.getByRole('tab', { name: 'Answer' }).click();
    await page.getByRole('button', { name: 'Copy code' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('return n * 2');
    await page.locator('.token-keyword', { hasText: 'return' }).waitFor();
  });

  test('takes text files as context, by name, and says why it takes no others', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url);
    const files = [
      { name: 'double.js', mimeType: 'text/javascript', buffer: Buffer.from('const two = 2;') },
      { name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0, 0xff]) },
      { name: 'large.txt', mimeType: 'text/plain', buffer: Buffer.alloc(9 * 1024 * 1024, 'x') },
    ];
    await page.getByLabel('Files as context').setInputFiles(files);
    await page.getByText('picture.png: not a text file in UTF-8').waitFor();
    await page.getByText('large.txt: too large').waitFor();
    await page.getByRole('button', { name: 'Remove double.js' }).waitFor();
    await page.getByText('Checks that every answer has to pass').click();
    await page.getByText('More settings').click();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Task' }).fill(doubleTask);
    await page.getByRole('radio', { name: 'simple' }).check();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('tab', { name: 'Answer' }).waitFor();
    const [run] = await (await served.app.history()).list({});
    const [started] = (await (await served.app.history()).events(run?.id ?? '')) ?? [];
    expect(started).toMatchObject({
      task: { mode: 'simple', context: [{ path: 'double.js', text: 'const two = 2;' }] },
    });
  });

  test('says in words what the server refuses', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url);
    await page.getByRole('textbox', { name: 'Task' }).fill(doubleTask);
    await page.getByText('Checks that every answer has to pass').click();
    const odd = { name: 'odd.xyz', mimeType: 'text/plain', buffer: Buffer.from('x') };
    await page.getByLabel('Test files').setInputFiles([odd]);
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('alert').getByText('odd.xyz').waitFor();
    await expectAccessible(page);
  });

  test('loses nothing by a reload in the middle, nor in a second window', async () => {
    const { promise: halfway, resolve: goOn } = Promise.withResolvers<void>();
    await using served = await servePage(splitRunners({ pieces: 30, paceMs: 10, halfway }));
    const id = await beginRun(served.url, { task: doubleTask, mode: 'complex' });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByLabel('What codex writes').getByText('export').waitFor();
    await page.reload();
    await page.getByLabel('What codex writes').getByText('double.js').waitFor();
    const second = await openPage(`${served.url}/runs/${id}`);
    await second.getByLabel('What codex writes').getByText('export').waitFor();
    goOn();
    for (const each of [page, second]) {
      await each.getByRole('tab', { name: 'Answer' }).waitFor();
      await each.getByText('How the run went').click();
      const text = await each.getByLabel('What codex writes').textContent();
      expect(text).toBe(
        '```js\n// double.js\nexport function double(n) {\n  return n * 2;\n}\n```',
      );
    }
  });

  test('ends one seat, and then the whole of it', async () => {
    await using served = await servePage(splitRunners({ hangs: true }));
    const id = await beginRun(served.url, { task: doubleTask, mode: 'complex' });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByRole('button', { name: 'Cancel codex, primary-2' }).click();
    const lane = page.getByRole('listitem', { name: 'codex primary-2' });
    await lane.getByText('cancelled').waitFor();
    await page.getByRole('button', { name: 'Cancel claude-code, primary-1' }).waitFor();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText('The run was cancelled before there was an answer').waitFor();
    await expectAccessible(page);
  });

  test('says that a validator was cancelled that wrote tests', async () => {
    const runners = splitRunners();
    const tester = writer('gemini', { answer: '{}', hangsAt: 'You write tests' });
    await using served = await servePage({ ...runners, gemini: tester });
    const asked = { task: doubleTask, models: ['codex'], validators: ['gemini'] };
    const id = await beginRun(served.url, asked);
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByRole('button', { name: 'Cancel gemini, validator-1' }).click();
    await page.getByRole('tab', { name: 'Answer' }).waitFor();
    await page.getByText('How the run went').click();
    const lane = page.getByRole('listitem', { name: 'gemini validator-1' });
    await lane.getByText('cancelled').waitFor();
    await page.getByRole('tab', { name: 'Reviews' }).click();
    expect(await page.getByText('They found nothing to remark').count()).toBe(0);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as one HTML file' }).click();
    const saved = await readFile(await (await saving).path(), 'utf8');
    expect(saved.match(/no review/gi)).toEqual(['No review']);
  });

  test('says that it cannot be cancelled where another process performs it', async () => {
    await using served = await servePage(splitRunners());
    const store = await served.app.history();
    const task = { text: doubleTask, context: [], mode: 'medium', strict: false } as const;
    const own = { ...task, models: undefined, validators: undefined };
    const { id } = await store.begin({ type: 'run-started', task: own, atMs: Date.now() });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText(`Cannot cancel run ${id}: another process performs it`).waitFor();
    await page.getByText('Cancel it where it was begun').waitFor();
    await expectAccessible(page);
  });

  test('says why no model brought an answer', async () => {
    await using served = await servePage({
      'claude-code': failing('claude-code', 'unauthorized'),
      codex: failing('codex', 'refused'),
      gemini: failing('gemini', 'refused'),
      grok: failing('grok', 'refused'),
    });
    const id = await finishRun(served.url, { task: doubleTask, mode: 'complex' });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByText('No model brought an answer').waitFor();
    await page.getByText('Check the API key or sign in again').waitFor();
    await expectAccessible(page);
  });

  test('says that nothing was run where there is no sandbox', async () => {
    await using served = await servePage(splitRunners());
    const run = await finishRun(served.url, { task: doubleTask, mode: 'complex' });
    const id = await copyRun(served.app, run, withoutSandbox);
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.locator('.badge', { hasText: 'unverified' }).waitFor();
    await page.getByText('no_sandbox').waitFor();
    await expectAccessible(page);
  });

  test('says how it can be resumed when its server is stopped, and goes on when it comes again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-again-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = await servePage(splitRunners({ hangs: true }), { folder });
    const id = await beginRun(first.url, { task: doubleTask, mode: 'complex' });
    await using way = await cuttable(first.url);
    const page = await openPage(`${way.url}/runs/${id}`);
    await page.getByLabel('What codex writes').getByText('export').waitFor();
    await first[Symbol.asyncDispose]();
    await page.getByText('This run was interrupted').waitFor();
    way.cut();
    await page.getByText(`orchestrator resume ${id}`).waitFor();
    expect(await page.locator('.stage').textContent()).toContain('Interrupted');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await page.getByText('Cannot reach the server').waitFor();
    await using again = await servePage(splitRunners(), { folder });
    way.mend(again.url);
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await page.getByRole('tab', { name: 'Answer' }).waitFor();
  });

  test('can be begun and read with the keyboard alone', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url, 360);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Task' }).focus();
    await page.keyboard.type(doubleTask);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const tab = page.getByRole('tab', { name: 'Answer' });
    await tab.waitFor();
    await tabTo(tab);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const cell = page.locator('.cell').first();
    await tabTo(cell);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /on validator-1$/ }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  test('shows an answer of 10,000 lines without holding the page up', async () => {
    await using served = await servePage({ codex: writer('codex', { answer: longAnswer }) });
    const id = await finishRun(served.url, {
      task: 'Write values',
      models: ['codex'],
      merge: 'never',
    });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByText('10000 lines').waitFor();
    const code = page.getByLabel('without a file name of chosen answer');
    expect(
      await code.evaluate((element) => element.textContent?.includes('value9999 = 9999')),
    ).toBe(true);
    const startedAt = performance.now();
    await code.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.getByRole('tab', { name: 'Candidates' }).click();
    await page.getByRole('article').waitFor();
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
