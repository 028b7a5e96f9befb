/**
 * Measures by how much the orchestrator's memory grows with each program that it runs, 20 at once, for every
 * fault of the testing kit: `node bench/processes.ts`. Exits 0 also when the bar is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Delivery } from '../src/testing/fake-cli/behaviour.ts';
import type { MeasuredVendor, ProcessCase } from './processes-case.ts';

const mib = 1024 * 1024;
const runs = 20;
const barMib = 2;
/** Of each program that may hold something; the default of the settings. */
const boundBytes = 8 * mib;

/** Whether a fault makes the orchestrator hold as much as it may. */
const deliveries: Readonly<Record<Delivery, readonly MeasuredVendor[]>> = {
  'at-once': [],
  banner: [],
  'partial-lines': [],
  'split-characters': [],
  drip: [],
  die: [],
  orphan: [],
  hang: [],
  'ask-for-input': [],
  'ignore-term': [],
  'orphan-and-hang': [],
  flood: ['gemini'],
  'flood-line': ['claude-code', 'gemini'],
};

print(['20 at once of', 'vendor', 'seconds', 'grown MB', 'held MB', 'above', '']);
for (const [does, holding] of Object.entries(deliveries)) {
  for (const vendor of ['claude-code', 'gemini'] as const) {
    // The keys are those of the table, which is complete.
    const told = { does: does as Delivery, vendor, runs, boundBytes };
    print(await row(told, holding.includes(vendor) ? boundBytes : 0));
  }
}

/** Every figure is for one run, and comes from a fresh process, since memory once used is seldom given back. */
async function row(told: ProcessCase, heldBytes: number): Promise<readonly string[]> {
  const measuring = fork(new URL('./processes-case.ts', import.meta.url), [JSON.stringify(told)], {
    execArgv: ['--expose-gc'],
  });
  const [{ grownBytes, seconds }] = await once(measuring, 'message');
  const [grown, held] = [grownBytes / runs / mib, heldBytes / mib];
  const above = Math.max(grown - held, 0);
  const figures = [seconds, grown, held, above].map((figure) => figure.toFixed(2));
  return [told.does, told.vendor, ...figures, above < barMib ? '' : 'over the bar'];
}

function print([title = '', ...cells]: readonly string[]): void {
  process.stdout.write(`${title.padEnd(18)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
}
