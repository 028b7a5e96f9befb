import { copyRun } from '../../test-page/support/copy-run.ts';
import { earlier } from '../../test-page/support/earlier.ts';
import { finishRun } from '../../test-page/support/run-api.ts';
import { doubleTask, failing, splitRunners } from '../../test-page/support/runners.ts';
import type { ServedPage } from '../../test-page/support/serve-page.ts';
import type { PageState, Stage } from './page-state.ts';

const complex = { task: doubleTask, mode: 'complex' };

/** The states of the history, of the statistics, and of what is not there. */
export const historyStates: readonly PageState[] = [
  {
    name: 'history-empty',
    says: 'A history in which nothing is kept',
    looks: ['light'],
    reach: async ({ serve, open }) => {
      const page = await open(`${(await serve(splitRunners())).url}/history`);
      await page.getByText('No run is kept').waitFor();
      return page;
    },
  },
  {
    name: 'history-full',
    says: 'A history of 65 runs, of which two are chosen to be compared',
    looks: ['light', 'dark', 'narrow', 'wide'],
    reach: async (stage) => {
      const page = await stage.open(`${(await withRuns(stage, 65)).url}/history`);
      for (const at of [0, 2]) await page.getByRole('checkbox').nth(at).check();
      return page;
    },
  },
  {
    name: 'history-no-hits',
    says: 'A filter that no run fits',
    looks: ['light'],
    reach: async (stage) => {
      const page = await stage.open(`${(await withRuns(stage, 3)).url}/history`);
      await page.getByLabel('Words of the task').fill('nothing like it');
      await page.getByText('No run fits').waitFor();
      return page;
    },
  },
  {
    name: 'compare',
    says: 'Two runs side by side, and what differs between their answers',
    looks: ['light', 'dark', 'narrow'],
    reach: async ({ serve, open }) => {
      const { url } = await serve(splitRunners());
      const first = await finishRun(url, { task: doubleTask, models: ['codex'] });
      const second = await finishRun(url, {
        task: `${doubleTask} Mind negative numbers.`,
        models: ['claude-code'],
      });
      const page = await open(`${url}/compare/${first}/${second}`);
      await page.locator('.diff-added').first().waitFor();
      return page;
    },
  },
  {
    name: 'statistics-empty',
    says: 'Statistics before any run has ended',
    looks: ['light'],
    reach: async ({ serve, open }) => {
      const page = await open(`${(await serve(splitRunners())).url}/statistics`);
      await page.getByText('Nothing is known of any model').waitFor();
      return page;
    },
  },
  {
    name: 'statistics-full',
    says: 'How the models fared in 26 runs: wins with their interval, time, cost, failures, and every number',
    looks: ['light', 'dark', 'narrow', 'wide'],
    reach: async (stage) => {
      const page = await stage.open(`${(await withRuns(stage, 25)).url}/statistics`);
      await page.getByRole('img', { name: 'Share of wins' }).waitFor();
      return page;
    },
  },
  {
    name: 'run-unknown',
    says: 'The address of a run that is not kept',
    looks: ['light'],
    reach: async ({ serve, open }) => {
      const page = await open(`${(await serve(splitRunners())).url}/runs/gone`);
      await page.getByText('There is no such run').waitFor();
      return page;
    },
  },
  {
    name: 'address-unknown',
    says: 'An address that names no view',
    looks: ['light'],
    reach: async ({ serve, open }) => {
      const page = await open(`${(await serve(splitRunners())).url}/elsewhere`);
      await page.getByText('Nothing is here').waitFor();
      return page;
    },
  },
  {
    name: 'server-gone',
    says: 'The server cannot be reached while the history is searched',
    looks: ['light', 'narrow'],
    reach: async (stage) => {
      const served = await withRuns(stage, 2);
      const page = await stage.open(`${served.url}/history`);
      await page.locator('.run-item').first().waitFor();
      await served[Symbol.asyncDispose]();
      await page.getByLabel('Words of the task').fill('double');
      await page.getByText('Cannot reach the server').waitFor();
      return page;
    },
  },
  {
    name: 'view-not-loaded',
    says: 'The server is gone before a view was loaded',
    looks: ['light'],
    reach: async ({ serve, open }) => {
      const served = await serve(splitRunners());
      const page = await open(served.url);
      await served[Symbol.asyncDispose]();
      await page.getByRole('link', { name: 'Statistics' }).click();
      await page.getByText('Cannot load this view').waitFor();
      return page;
    },
  },
  {
    name: 'server-error',
    says: 'The server met an error of its own',
    looks: ['light'],
    reach: async ({ serve, open }) => {
      const { url } = await serve(splitRunners());
      const page = await open(url);
      await page.route('**/api/runs?*', (route) => route.fulfill({ status: 500, body: '' }));
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('alert').waitFor();
      return page;
    },
  },
];

/** A server whose history has so many runs of the double task, and one that failed. */
async function withRuns({ serve }: Stage, count: number): Promise<ServedPage> {
  const served = await serve({
    ...splitRunners({ paceMs: 150 }),
    broken: failing('broken', 'overloaded'),
  });
  const id = await finishRun(served.url, complex);
  for (let number = 1; number < count; number++) await copyRun(served.app, id, earlier(number));
  await finishRun(served.url, { task: 'Write a page about birds', models: ['broken'] });
  return served;
}
