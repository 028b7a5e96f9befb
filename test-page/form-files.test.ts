import { expect, test } from 'vitest';
import { fillTask, startedRun } from './support/form-steps.ts';
import { describePage, openPage } from './support/open-page.ts';
import { splitRunners } from './support/runners.ts';
import { servePage } from './support/serve-page.ts';

describePage('the files of a new run', () => {
  test('are read to their end before a run begins', async () => {
    await using served = await servePage(splitRunners());
    const page = await openPage(served.url);
    const disk = Promise.withResolvers<void>();
    await page.exposeFunction('diskIsReady', () => disk.promise);
    await page.evaluate(() => {
      const read = File.prototype.arrayBuffer;
      File.prototype.arrayBuffer = async function afterTheDisk(): Promise<ArrayBuffer> {
        await Object(globalThis).diskIsReady();
        return read.call(this);
      };
    });
    await fillTask(page);
    await page
      .getByLabel('Files as context')
      .setInputFiles([
        { name: 'two.js', mimeType: 'text/javascript', buffer: Buffer.from('const two = 2;') },
      ]);
    await page.getByRole('button', { name: 'Reading the files', disabled: true }).waitFor();
    await page.getByRole('textbox', { name: 'Task' }).press('Control+Enter');
    disk.resolve();
    await page.getByRole('button', { name: 'Remove two.js' }).waitFor();
    const [first] = await startedRun(page, served.app);
    expect(first).toMatchObject({ task: { context: [{ path: 'two.js' }] } });
  });
});
