import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { Runner } from '../../src/domain/runner.ts';
import {
  type ServedPage,
  type ServeOptions,
  servePage,
} from '../../test-page/support/serve-page.ts';

/** In which window a state is taken: light and dark have 1280 pixels, `narrow` 360 and `wide` 2560. */
export type Look = 'light' | 'dark' | 'narrow' | 'wide';

/** A state of the page that a person can meet. */
export interface PageState {
  /** The name of its pictures. */
  readonly name: string;
  /** What it shows, as one sentence without its full stop. */
  readonly says: string;
  readonly looks: readonly Look[];
  /** Brings the page into the state. */
  readonly reach: (stage: Stage) => Promise<Page>;
}

/** What a state is made with; all of it is closed once its pictures are taken. */
export interface Stage {
  readonly serve: (
    runners: Readonly<Record<string, Runner>>,
    options?: ServeOptions,
  ) => Promise<ServedPage>;
  readonly open: (url: string) => Promise<Page>;
  /** Closes something when the state is left. */
  readonly use: <Thing extends AsyncDisposable>(thing: Thing) => Thing;
  /** Makes a folder for a history that several servers open in turn. */
  readonly folder: () => string;
}

/** Makes a stage whose things the stack closes. */
export function stageOn(stack: AsyncDisposableStack, context: BrowserContext): Stage {
  return {
    serve: async (runners, options) => stack.use(closedOnce(await servePage(runners, options))),
    open: async (url) => {
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      await page.goto(url);
      return page;
    },
    use: (thing) => stack.use(thing),
    folder: () => {
      const folder = mkdtempSync(join(tmpdir(), 'page-state-'));
      stack.defer(() => rmSync(folder, { recursive: true, force: true }));
      return folder;
    },
  };
}

/** Some states are those of a server that is gone. */
function closedOnce(served: ServedPage): ServedPage {
  let closing: PromiseLike<void> | undefined;
  const close = async (): Promise<void> => {
    closing ??= served[Symbol.asyncDispose]();
    await closing;
  };
  return { ...served, [Symbol.asyncDispose]: close };
}
