import type { Page } from 'playwright-core';
import type { Runner } from '../../src/domain/runner.ts';
import { copyRun, withoutSandbox } from '../../test-page/support/copy-run.ts';
import { finishRun } from '../../test-page/support/run-api.ts';
import { doubleTask, failing, splitRunners, writer } from '../../test-page/support/runners.ts';
import {
  clampTask,
  designRunners,
  designTask,
  hostileAnswer,
  hostileReview,
  longAnswer,
  manyFiles,
  mergeRunners,
} from '../../test-page/support/stories.ts';
import type { PageState, Stage } from './page-state.ts';

const complex = { task: doubleTask, mode: 'complex' };

/** The states of a run that was decided. */
export const decisionStates: readonly PageState[] = [
  {
    name: 'decision-verified',
    says: 'All answers do the same, and the chosen one meets what the task shows',
    looks: ['light'],
    reach: (stage) => {
      const { codex, gemini } = splitRunners();
      const accepted = { answer: '', tests: '[]' };
      const runners = { codex, gemini, grok: writer('grok', accepted) } as Runners;
      return decided(stage, runners, {
        task: doubleTask,
        models: ['codex', 'gemini'],
        validators: ['grok'],
      });
    },
  },
  {
    name: 'decision-split',
    says: 'Answers that behave differently: the input on which they part comes first, then why a person should look',
    looks: ['light', 'dark', 'narrow', 'wide'],
    reach: (stage) => decided(stage, splitRunners(), complex),
  },
  {
    name: 'decision-why',
    says: 'Why this answer: the groups of equal behaviour and how each answer compared',
    looks: ['light', 'narrow'],
    reach: async (stage) => tab(await decided(stage, splitRunners(), complex), 'Why this one'),
  },
  {
    name: 'decision-candidates',
    says: 'Two candidates side by side, with what each took and its checks',
    looks: ['light', 'narrow'],
    reach: async (stage) => tab(await decided(stage, splitRunners(), complex), 'Candidates'),
  },
  {
    name: 'decision-diff',
    says: 'The same two as a diff',
    looks: ['light', 'dark'],
    reach: async (stage) => {
      const page = await tab(await decided(stage, splitRunners(), complex), 'Candidates');
      await page.getByLabel('Show as a diff').check();
      await page.locator('.diff-added').first().waitFor();
      return page;
    },
  },
  {
    name: 'decision-tests',
    says: 'The matrix of candidates by tests; the chosen cell tells what was expected and what came',
    looks: ['light', 'dark', 'narrow'],
    reach: async (stage) => {
      const page = await tab(await decided(stage, splitRunners(), complex), 'Tests');
      await page.locator('.cell-failed').first().click();
      return page;
    },
  },
  {
    name: 'decision-reviews',
    says: 'What the validators say, and their findings',
    looks: ['light'],
    reach: async (stage) => tab(await decided(stage, splitRunners(), complex), 'Reviews'),
  },
  {
    name: 'decision-again',
    says: 'Decided again from the kept answers: the same comes out',
    looks: ['light'],
    reach: async (stage) => {
      const page = await decided(stage, splitRunners(), complex);
      await page.getByRole('button', { name: 'Decide again' }).click();
      await page.getByText('Decided again, the same comes out').waitFor();
      return page;
    },
  },
  {
    name: 'delete-asked',
    says: 'Deleting a run asks once more',
    looks: ['light', 'dark'],
    reach: async (stage) => {
      const page = await decided(stage, splitRunners(), complex);
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('button', { name: 'Keep it' }).waitFor();
      return page;
    },
  },
  {
    name: 'all-failed',
    says: 'No model brought an answer: what each met, and what to do about it',
    looks: ['light', 'dark', 'narrow'],
    reach: (stage) =>
      decided(
        stage,
        {
          'claude-code': failing('claude-code', 'unauthorized'),
          codex: failing('codex', 'refused'),
          gemini: failing('gemini', 'refused'),
          grok: failing('grok', 'refused'),
        },
        complex,
      ),
  },
  {
    name: 'no-sandbox',
    says: 'Nothing on the machine holds hostile code off: the answer was not run, and is unverified',
    looks: ['light'],
    reach: async ({ serve, open }) => {
      const { url, app } = await serve(splitRunners());
      const id = await copyRun(app, await finishRun(url, complex), withoutSandbox);
      return settled(await open(`${url}/runs/${id}`));
    },
  },
  {
    name: 'merged',
    says: 'An answer merged from the others: why it was taken, what it was tried on, and whose each line is',
    looks: ['light', 'dark', 'narrow', 'wide'],
    reach: (stage) => merged(stage, mergeRunners()),
  },
  {
    name: 'merge-dropped',
    says: 'A merged answer that loses something is dropped, and says what',
    looks: ['light'],
    reach: (stage) => {
      const wrong = '```js\nexport function clamp(n, low, high) {\n  return low;\n}\n```';
      return merged(stage, mergeRunners(wrong));
    },
  },
  {
    name: 'design',
    says: 'Views on a design side by side: what they agree on, where they contradict each other, what only one says',
    looks: ['light', 'dark', 'narrow', 'wide'],
    reach: (stage) => decided(stage, designRunners(), { task: designTask, mode: 'architectural' }),
  },
  {
    name: 'several-files',
    says: 'An answer of several files, as a tree',
    looks: ['light', 'narrow'],
    reach: (stage) => one(stage, writer('codex', { answer: manyFiles }), 'Write a service'),
  },
  {
    name: 'long-answer',
    says: 'An answer of 10,000 lines',
    looks: ['light'],
    reach: (stage) => one(stage, writer('codex', { answer: longAnswer }), 'Write many values'),
  },
  {
    name: 'hostile-answer',
    says: 'Markup and reordering characters of an answer, a review and a task are shown as text',
    looks: ['light'],
    reach: (stage) => {
      const runners = {
        codex: writer('codex', { answer: hostileAnswer }),
        gemini: writer('gemini', { answer: hostileAnswer, review: hostileReview }),
      };
      const task = '<img src=x onerror="document.title = 1"> Write a page';
      return decided(stage, runners, { task, models: ['codex'], validators: ['gemini'] });
    },
  },
];

type Runners = Readonly<Record<string, Runner>>;

async function decided({ serve, open }: Stage, runners: Runners, request: object): Promise<Page> {
  const { url } = await serve(runners);
  const id = await finishRun(url, request);
  return settled(await open(`${url}/runs/${id}`));
}

function one(stage: Stage, runner: Runner, task: string): Promise<Page> {
  const request = { task, models: [runner.name], merge: 'never' };
  return decided(stage, { [runner.name]: runner }, request);
}

async function merged(stage: Stage, runners: Runners): Promise<Page> {
  const page = await tab(
    await decided(stage, runners, { task: clampTask, mode: 'complex' }),
    'Merge',
  );
  await page.getByText('Whose its lines are').waitFor();
  return page;
}

async function settled(page: Page): Promise<Page> {
  await page.getByLabel('Decision', { exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  return page;
}

async function tab(page: Page, name: string): Promise<Page> {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tabpanel', { name }).scrollIntoViewIfNeeded();
  return page;
}
