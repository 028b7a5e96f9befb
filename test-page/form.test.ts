import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { KeptEvent } from '../src/domain/history.ts';
import { expectAccessible } from './support/expect-accessible.ts';
import { endedRun, fillTask, startedRun } from './support/form-steps.ts';
import { describePage, openPage } from './support/open-page.ts';
import { finishRun } from './support/run-api.ts';
import { away, doubleTask, failing, splitRunners, writer } from './support/runners.ts';
import { servePage } from './support/serve-page.ts';
import { tabTo } from './support/tab-to.ts';

describePage('the form of a new run', () => {
  test('asks for what was set in it, and previews it', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url);
    await fillTask(page);
    await page.getByLabel('codex answers', { exact: true }).check();
    await page.getByLabel('gemini answers', { exact: true }).check();
    await page.getByLabel('claude-code reviews').check();
    await page.getByLabel('Answers of each model').fill('2');
    await page.getByLabel('gemini answers times').fill('1');
    await page.getByText('→ codex (2 times), gemini; validator claude-code').waitFor();
    await page.getByText(/^at least \d+ tokens$/).waitFor();
    await page.getByLabel('Budget', { exact: true }).fill('0.75');
    await page.getByText('More settings').click();
    await page.getByLabel('One answer made of all').selectOption('never');
    await page.getByLabel('Tests by the reviewers').uncheck();
    await page.getByLabel('Budget in tokens').fill('90000');
    await page.getByText('(3 set)').waitFor();
    await page.getByText('Checks that every answer has to pass').click();
    await page.getByLabel('Commands').fill('true');
    await page.getByLabel('Time for each check').fill('9.5');
    const events = await startedRun(page, served.app);
    expect(events[0]).toMatchObject({
      budget: { costUsd: 0.75, tokens: 90_000 },
      task: {
        models: ['codex', 'gemini'],
        validators: ['claude-code'],
        selection: { samples: { codex: 2, gemini: 1 }, merge: 'never', modelTests: false },
        checks: { commands: ['true'], timeoutMs: 9500 },
      },
    });
    const seatsOf = (type: KeptEvent['type']) =>
      events.flatMap((event) => (event.type === type && 'seat' in event ? [event.seat] : []));
    expect(seatsOf('attempt-ended').toSorted()).toEqual([
      'primary-1',
      'primary-1.2',
      'primary-2',
      'validator-1',
    ]);
    expect(seatsOf('review-given')).toEqual(['validator-1']);
    expect(seatsOf('tests-ended')).toEqual([]);
  });

  test('gives each model the time and the retries that were set', async () => {
    const runners = splitRunners({ hangs: true });
    const busy = failing('claude-code', 'overloaded');
    await using served = await servePage({ ...runners, 'claude-code': busy });
    const page = await openPage(served.url);
    await fillTask(page);
    await page.getByLabel('claude-code answers').check();
    await page.getByLabel('codex answers', { exact: true }).check();
    await page.getByText('More settings').click();
    await page.getByLabel('Time for each model').fill('0.2');
    await page.getByLabel('Retries').fill('0');
    const events = await startedRun(page, served.app);
    const ends = events.flatMap((event) => (event.type === 'attempt-ended' ? [event.value] : []));
    const failed = { status: 'failed', tries: 1 };
    expect(ends.toSorted((one, other) => one.seat.localeCompare(other.seat))).toMatchObject([
      { ...failed, runner: 'claude-code', failure: { kind: 'overloaded' } },
      { ...failed, runner: 'codex', failure: { message: 'No whole answer within 0.2 s' } },
    ]);
  });

  test('previews stand-ins, the past, and who begins, as the settings have it', async () => {
    await using served = await servePage({ ...splitRunners(), codex: away('codex') });
    const page = await openPage(served.url);
    const preview = page.getByRole('region', { name: 'Who would be asked' });
    await fillTask(page);
    // A style for another view has no place here.
    const [own, around] = await preview.evaluate((part) =>
      [part, part.parentElement].map((each) => each?.getBoundingClientRect().x),
    );
    expect(own).toBe(around);
    await preview.getByText('in place of codex').waitFor();
    await page.getByText('More settings').click();
    await page.getByLabel('Ask no stand-in').check();
    await preview.getByText('The program "codex" was not found').waitFor();
    await page.getByLabel('Begin with one model').check();
    await preview.getByText('claude-code begins; the other answers').waitFor();
    await page.getByLabel('Who is asked first').selectOption('learned');
    await preview.getByText(/^not used: /).waitFor();
    await expectAccessible(page);
  });

  test('says what holds where a field is left empty', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url);
    await expect.poll(() => placeholder(page, 'Answers of each model')).toBe('1');
    await page.getByRole('radio', { name: 'medium (usual) 2 models answer, 1 reviews' }).waitFor();
    expect(await page.getByRole('radio', { name: 'medium' }).isChecked()).toBe(true);
    await page.getByText('More settings').click();
    expect(await placeholder(page, 'Time for each model')).toBe('60');
    expect(await placeholder(page, 'Retries')).toBe('1');
    expect(await placeholder(page, 'Budget in tokens')).toBe('no limit');
    expect(await page.getByLabel('Tests by the reviewers').isChecked()).toBe(true);
    expect(await page.getByLabel('One answer made of all').inputValue()).toBe('auto');
  });

  test('refuses a value at its field, and opens what the field is hidden in', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url);
    await fillTask(page);
    const more = page.locator('details', { hasText: 'More settings' });
    await more.locator('summary').click();
    const retries = page.getByLabel('Retries');
    await retries.fill('11');
    await more.locator('summary').click();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await expect.poll(() => isFocused(retries)).toBe(true);
    expect(await described(retries)).toContain(
      'Cannot use "11": wanted a whole number from 0 to 10',
    );
    expect(await retries.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('1 field needs another value').waitFor();
    await expectAccessible(page);
    expect(new URL(page.url()).pathname).toBe('/');
    await retries.fill('2');
    await expect.poll(() => page.locator('.field-error').count()).toBe(0);
    await startedRun(page, served.app);
  });

  test('shows what the server refuses at its field', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url);
    await fillTask(page);
    const tokens = page.getByLabel('Budget in tokens');
    await page.getByText('More settings').click();
    await tokens.fill('5');
    await page.getByText('More settings').click();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await expect.poll(() => isFocused(tokens)).toBe(true);
    expect(await described(tokens)).toContain('the budget of the run is 5 tokens');
    await tokens.fill('');
    await page
      .getByLabel('Test files')
      .setInputFiles([{ name: 'odd.xyz', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
    await page.getByText('(1 set)').waitFor();
    await page.getByRole('textbox', { name: 'Task' }).press('Control+Enter');
    const files = page.getByLabel('Test files');
    await expect.poll(() => isFocused(files)).toBe(true);
    expect(await described(files)).toContain('odd.xyz');
    await expectAccessible(page);
  });

  test('keeps what was put into it over a reload, and is empty after the start', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url);
    await fillTask(page);
    await page.getByLabel('codex reviews').check();
    await page.getByLabel('Answers of each model').fill('3');
    await page
      .getByLabel('Files as context')
      .setInputFiles([
        { name: 'two.js', mimeType: 'text/javascript', buffer: Buffer.from('const two = 2;') },
      ]);
    await page.getByRole('button', { name: 'Remove two.js' }).waitFor();
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Task' }).inputValue()).toBe(doubleTask);
    expect(await page.getByLabel('Answers of each model').inputValue()).toBe('3');
    await page.getByRole('button', { name: 'Remove two.js' }).waitFor();
    expect(await page.getByLabel('codex reviews').isChecked()).toBe(true);
    await page.getByText('→ claude-code (3 times), gemini (3 times); validator codex').waitFor();
    await startedRun(page, served.app);
    await page.getByRole('link', { name: 'New run' }).click();
    expect(await page.getByRole('textbox', { name: 'Task' }).inputValue()).toBe('');
    await page.getByRole('textbox', { name: 'Task' }).fill('Something else');
    await page.getByRole('button', { name: 'Clear the form' }).click();
    await page.getByRole('button', { name: 'Empty it' }).click();
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Task' }).inputValue()).toBe('');
  });

  test('is filled in from a finished run, but not over another task without asking', async () => {
    await using served = await servePage(splitRunners());
    const settings = { models: ['codex'], validators: ['gemini'], samples: 2, strict: true };
    const bounds = { timeout: 90, retries: 0, max_tokens: 90_000 };
    const request = { task: doubleTask, ...settings, ...bounds, merge: 'never' };
    const id = await finishRun(served.url, request);
    const page = await openPage(served.url);
    await page.getByRole('textbox', { name: 'Task' }).fill('Something else');
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('link', { name: /Build an API helper/ }).click();
    await page.getByRole('button', { name: 'New run from this one' }).click();
    await page.getByRole('button', { name: 'Put it in its place' }).click();
    await page.getByText(`Filled in from run ${id}`).waitFor();
    await page.getByText('→ codex (2 times); validator gemini').waitFor();
    await expectAccessible(page);
    const events = await startedRun(page, served.app);
    expect(events[0]).toMatchObject({
      budget: { tokens: 90_000 },
      limits: { timeoutMs: 90_000, retries: 0 },
      task: {
        models: ['codex'],
        validators: ['gemini'],
        strict: true,
        selection: { samples: 2, merge: 'never' },
      },
    });
    await page.getByRole('button', { name: 'New run from this one' }).click();
    await page.getByText('Filled in from run').waitFor();
  });

  test('says of a model that the server does not know that it has to be taken out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-form-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const gone = writer('gone', { answer: 'Nothing' });
    const first = await servePage({ ...splitRunners(), gone }, { folder });
    const id = await finishRun(first.url, { task: doubleTask, models: ['gone'], merge: 'never' });
    await first[Symbol.asyncDispose]();
    await using served = await servePage(splitRunners(), { folder });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByRole('button', { name: 'New run from this one' }).click();
    await page.getByText('It is not in the list of this server').waitFor();
    await page.getByRole('button', { name: 'Start the run' }).click();
    const models = page.getByRole('group', { name: 'Models' });
    await models.getByText(/^Cannot ask "gone"/).waitFor();
    await expectAccessible(page);
    await page.getByLabel('gone answers', { exact: true }).click();
    await expect.poll(() => page.locator('.field-error').count()).toBe(0);
    await startedRun(page, served.app);
  });

  test('can be filled in with the keyboard alone', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url, 360);
    await tabTo(page.getByRole('textbox', { name: 'Task' }));
    await page.keyboard.type(doubleTask);
    await tabTo(page.getByRole('radio', { name: 'medium' }));
    await page.keyboard.press('ArrowUp');
    const codex = page.getByLabel('codex answers', { exact: true });
    await tabTo(codex);
    await page.keyboard.press('Space');
    await tabTo(page.getByLabel('Answers of each model'));
    await page.keyboard.type('2');
    const more = page.locator('summary', { hasText: 'More settings' });
    await tabTo(more);
    await page.keyboard.press('Enter');
    await tabTo(page.getByLabel('One answer made of all'));
    await page.keyboard.type('never');
    await tabTo(page.getByLabel('Retries'));
    await page.keyboard.type('many');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => isFocused(page.getByLabel('Retries'))).toBe(true);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('3');
    await tabTo(page.getByLabel('Tests by the reviewers'));
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    const events = await endedRun(page, served.app);
    expect(events[0]).toMatchObject({
      task: {
        mode: 'simple',
        models: ['codex'],
        selection: { samples: 2, merge: 'never', modelTests: false },
      },
    });
  });
});

async function placeholder(page: Page, label: string): Promise<string | null> {
  return page.getByLabel(label).getAttribute('placeholder');
}

function isFocused(field: Locator): Promise<boolean> {
  return field.evaluate((element) => element.matches(':focus'));
}

/** The texts that describe a field to a screen reader. */
async function described(field: Locator): Promise<string> {
  const ids = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
  const found = ids.map((id) => field.page().locator(`[id="${id}"]`));
  return (await Promise.all(found.map((each) => each.allTextContents()))).flat().join(' ');
}
