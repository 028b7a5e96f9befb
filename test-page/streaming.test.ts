import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Runner } from '../src/domain/runner.ts';
import { describePage, openPage } from './support/open-page.ts';
import { beginRun } from './support/run-api.ts';
import { servePage } from './support/serve-page.ts';

/** Tokens a second of each of four lanes, and characters of a token. */
const tokensPerSecond = 500;
const token = 'abc ';

/** Seconds for which it is measured. */
const seconds = 8;

/** A runner that writes without end, as fast as it is said above. */
function fast(name: string): Runner {
  return {
    name,
    streaming: true,
    available: async () => ({ status: 'available', where: 'a script' }),
    ask: async (_prompt, { signal, report }) => {
      const startedAt = performance.now();
      for (let told = 0; !signal.aborted; ) {
        const due = Math.floor(((performance.now() - startedAt) * tokensPerSecond) / 1000);
        for (; told < due; told++) {
          report({ type: 'text', text: told % 16 === 15 ? `${token}\n` : token });
        }
        await pause(4);
      }
      return { status: 'failed', failure: { kind: 'cancelled', message: 'Cancelled' } };
    },
  };
}

/** Seconds that the page's own thread worked, and that all processes of the browser worked. */
async function workOf(
  page: CDPSession,
  browser: CDPSession,
): Promise<{ thread: number; all: number }> {
  const { metrics } = await page.send('Performance.getMetrics');
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  return {
    thread: metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN,
    all: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
  };
}

/** Presses a key again and again; the milliseconds until the slowest was handled and shown. */
async function slowestKey(page: Page): Promise<number> {
  await page.evaluate(`
    window.slowest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.slowest = Math.max(window.slowest, duration);
    }).observe({ type: 'event', durationThreshold: 16 });
  `);
  for (const endsAt = Date.now() + seconds * 1000; Date.now() < endsAt; ) {
    await page.keyboard.press('Tab');
    await pause(100);
  }
  return page.evaluate<number>('window.slowest');
}

describePage('four lanes of 500 tokens a second', () => {
  test('take less than one core and hold no key up', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await using served = await servePage(
      Object.fromEntries(names.map((name) => [name, fast(name)])),
    );
    const id = await beginRun(served.url, { task: 'Write', models: names, merge: 'never' });
    const page = await openPage(`${served.url}/runs/${id}`);
    await page.getByLabel('What d writes').getByText('abc').waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const whole = await page.context().browser()?.newBrowserCDPSession();
    if (!whole) throw new Error('The browser is gone');
    const [before, startedAt] = [await workOf(session, whole), performance.now()];
    const slowest = await slowestKey(page);
    const [after, passed] = [await workOf(session, whole), (performance.now() - startedAt) / 1000];
    const [thread, all] = [
      (after.thread - before.thread) / passed,
      (after.all - before.all) / passed,
    ];
    const written = (await page.getByLabel('What d writes').textContent())?.length ?? 0;
    process.stdout.write(
      `page thread ${thread.toFixed(2)} cores, whole browser ${all.toFixed(2)} cores, slowest key ${slowest} ms\n`,
    );
    expect(written).toBeGreaterThan(tokensPerSecond * token.length * seconds * 0.8);
    expect(thread).toBeLessThan(0.8);
    expect(all).toBeLessThan(1);
    expect(slowest).toBeLessThan(300);
    await page.getByRole('button', { name: 'Cancel the run' }).click();
  });
});
