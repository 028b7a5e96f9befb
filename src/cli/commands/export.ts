import { once } from 'node:events';
import type { Command } from 'commander';
import { findRun } from '../../app/find-run.ts';
import type { HistoryStore } from '../../domain/history.ts';
import { exitStatus } from '../../domain/mistake.ts';
import { exportLine } from '../../report/history-json.ts';
import type { CliCommand } from '../cli-command.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';

/** Writes the events of runs as JSON lines: `orchestrator export`. */
export const exportCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .description('Writes every event of runs to stdout, one JSON object in each line.')
    .argument('[run...]', 'their ids, or how these begin; all runs when left out');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const app = await openCliApp(command.opts(), io);
  const store = await app.history();
  for (const id of await idsOf(command.args, store)) {
    const events = (await store.events(id)) ?? [];
    const lines = events.map((event, index) => `${exportLine(id, index + 1, event)}\n`);
    if (!io.stdout.write(lines.join(''))) await once(io.stdout, 'drain');
  }
  await app.close();
  return exitStatus.ok;
}

/** The named runs, or all of them, the oldest first. */
async function idsOf(words: readonly string[], store: HistoryStore): Promise<readonly string[]> {
  if (words.length > 0) return Promise.all(words.map((word) => findRun(store, word)));
  return (await store.list({})).map(({ id }) => id).toReversed();
}
