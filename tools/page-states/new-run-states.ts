import { away, doubleTask, splitRunners } from '../../test-page/support/runners.ts';
import type { PageState } from './page-state.ts';

/** The states of the form of a new run. */
export const newRunStates: readonly PageState[] = [
  {
    name: 'new-run-empty',
    says: 'A new run before anything is typed: which models there are, and why one cannot be asked',
    looks: ['light', 'dark', 'narrow', 'wide'],
    reach: async ({ serve, open }) => {
      const { url } = await serve({ ...splitRunners(), grok: away('grok') });
      const page = await open(url);
      await page.getByText('Install grok and sign in').waitFor();
      return page;
    },
  },
  {
    name: 'new-run-filled',
    says: 'The same with a task and a file, and who would be asked for it',
    looks: ['light'],
    reach: async ({ serve, open }) => {
      const { url } = await serve(splitRunners());
      const page = await open(url);
      const file = {
        name: 'double.js',
        mimeType: 'text/javascript',
        buffer: Buffer.from('export const two = 2;\n'),
      };
      await page.getByLabel('Files as context').setInputFiles([file]);
      await page.getByRole('textbox', { name: 'Task' }).fill(doubleTask);
      await page.getByText('→').waitFor();
      return page;
    },
  },
  {
    name: 'new-run-mistakes',
    says: 'Files that cannot be taken, and what the server refuses, in words',
    looks: ['light', 'narrow'],
    reach: async ({ serve, open }) => {
      const { url } = await serve(splitRunners());
      const page = await open(url);
      const picture = {
        name: 'picture.png',
        mimeType: 'image/png',
        buffer: Buffer.from([0, 0xff]),
      };
      const odd = { name: 'odd.xyz', mimeType: 'text/plain', buffer: Buffer.from('x') };
      await page.getByLabel('Files as context').setInputFiles([picture]);
      await page.getByRole('textbox', { name: 'Task' }).fill(doubleTask);
      await page.getByText('→').waitFor();
      await page.getByText('Checks that every answer has to pass').click();
      await page.getByLabel('Test files').setInputFiles([odd]);
      await page.getByRole('button', { name: 'Start the run' }).click();
      await page.getByRole('alert').getByText('odd.xyz').waitFor();
      return page;
    },
  },
];
