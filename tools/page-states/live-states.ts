import type { Page } from 'playwright-core';
import type { Runner } from '../../src/domain/runner.ts';
import { cuttable } from '../../test-page/support/cuttable.ts';
import { beginRun } from '../../test-page/support/run-api.ts';
import {
  doubleTask,
  limited,
  silent,
  splitRunners,
  writer,
} from '../../test-page/support/runners.ts';
import type { ServedPage } from '../../test-page/support/serve-page.ts';
import { endless } from '../../test-page/support/stories.ts';
import type { PageState, Stage } from './page-state.ts';

/** What a model writes that thinks aloud, long enough to fill its lane. */
const thinking = Array.from(
  { length: 30 },
  (_, line) =>
    `${line + 1}. The input may be negative, so the sign is looked at before anything is doubled.`,
).join('\n');

/** The states of a run that goes on, and of one that ended before its time. */
export const liveStates: readonly PageState[] = [
  {
    name: 'run-waiting',
    says: 'A run whose models were asked and have written nothing',
    looks: ['light'],
    reach: async (stage) => {
      const { page } = await follow(stage, {
        ...splitRunners(),
        'claude-code': silent('claude-code'),
        codex: silent('codex'),
      });
      await page.getByRole('button', { name: /^Cancel codex/ }).waitFor();
      return page;
    },
  },
  {
    name: 'run-streaming',
    says: 'Models that write, each in its lane, with the timeline below',
    looks: ['light', 'dark', 'narrow', 'wide'],
    reach: async (stage) => {
      const { page } = await follow(stage, splitRunners({ answer: thinking, hangs: true }));
      await page.getByLabel('What codex writes').getByText('30. The').waitFor();
      return page;
    },
  },
  {
    name: 'run-retrying',
    says: 'A model that is asked again after a wait, which counts down',
    looks: ['light'],
    reach: async (stage) => {
      const { page } = await follow(stage, {
        ...splitRunners({ answer: thinking, hangs: true }),
        codex: limited('codex', 25_000),
      });
      await page.getByText('asking again').waitFor();
      await page.getByText(/request 2 in 2\d/).waitFor();
      return page;
    },
  },
  {
    name: 'run-checking',
    says: 'The answers are run in the sandbox',
    looks: ['light'],
    reach: async (stage) => {
      const { page } = await follow(stage, {
        ...splitRunners(),
        codex: writer('codex', { answer: endless }),
      });
      await page.getByText('Running the answers in the sandbox').waitFor();
      return page;
    },
  },
  {
    name: 'run-reviewing',
    says: 'An answer is chosen, and its reviewer reads it',
    looks: ['light'],
    reach: async (stage) => {
      const { page } = await follow(stage, {
        ...splitRunners(),
        gemini: writer('gemini', { answer: '{}', hangsAt: 'You review' }),
        grok: writer('grok', { answer: '{}', hangsAt: 'You review' }),
      });
      await page.getByText('Having the chosen answer reviewed').waitFor();
      return page;
    },
  },
  {
    name: 'seat-cancelled',
    says: 'One model was cancelled, the other goes on',
    looks: ['light'],
    reach: async (stage) => {
      const { page } = await follow(stage, splitRunners({ answer: thinking, hangs: true }));
      await page.getByRole('button', { name: 'Cancel codex, primary-2' }).click();
      await page
        .getByRole('listitem', { name: 'codex primary-2' })
        .getByText('cancelled')
        .waitFor();
      return page;
    },
  },
  {
    name: 'run-cancelled',
    says: 'A run that was cancelled before there was an answer',
    looks: ['light'],
    reach: async (stage) => {
      const { page } = await follow(stage, splitRunners({ hangs: true }));
      await page.getByLabel('What codex writes').getByText('export').waitFor();
      await page.getByRole('button', { name: 'Cancel the run' }).click();
      await page.getByText('The run was cancelled before there was an answer').waitFor();
      await page.getByText('How the run went').click();
      return page;
    },
  },
  {
    name: 'connection-lost',
    says: 'The connection to the server is lost while a run goes on',
    looks: ['light', 'narrow'],
    reach: async (stage) => {
      const served = await stage.serve(splitRunners({ hangs: true }));
      const way = stage.use(await cuttable(served.url));
      const id = await beginRun(served.url, { task: doubleTask, mode: 'complex' });
      const page = await stage.open(`${way.url}/runs/${id}`);
      await page.getByLabel('What codex writes').getByText('export').waitFor();
      way.cut();
      await page.getByText('The connection is lost').waitFor();
      return page;
    },
  },
  {
    name: 'run-interrupted',
    says: 'The server came again: the run can be gone on with, and nothing is asked twice',
    looks: ['light', 'dark'],
    reach: async (stage) => {
      const { page, served, folder } = await followInFolder(stage);
      await served[Symbol.asyncDispose]();
      const port = Number(new URL(served.url).port);
      await stage.serve(splitRunners(), { folder, port });
      await page.getByText('This run was interrupted').waitFor();
      return page;
    },
  },
  {
    name: 'token-asked',
    says: 'A server that lets nobody in without its token, and was given a wrong one',
    looks: ['light', 'dark', 'narrow'],
    reach: async ({ serve, open }) => {
      const { url } = await serve(splitRunners(), { token: 'secret' });
      const page = await open(`${url}/history`);
      await page.getByLabel('Token').fill('guess');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('The server does not know the token').waitFor();
      return page;
    },
  },
];

interface Followed {
  readonly page: Page;
  readonly served: ServedPage;
}

async function follow(
  { serve, open }: Stage,
  runners: Readonly<Record<string, Runner>>,
  folder?: string,
): Promise<Followed> {
  const served = await serve(runners, folder === undefined ? {} : { folder });
  const id = await beginRun(served.url, { task: doubleTask, mode: 'complex' });
  return { page: await open(`${served.url}/runs/${id}`), served };
}

async function followInFolder(stage: Stage): Promise<Followed & { readonly folder: string }> {
  const folder = stage.folder();
  const followed = await follow(stage, splitRunners({ hangs: true }), folder);
  await followed.page.getByLabel('What codex writes').getByText('export').waitFor();
  return { ...followed, folder };
}
