import type { Command } from 'commander';
import { findRun } from '../../app/find-run.ts';
import { type Redecided, redecide } from '../../app/redecide.ts';
import { recordOf } from '../../app/run-task.ts';
import type { HistoryStore } from '../../domain/history.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { jsonText } from '../../report/json.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { CliCommand } from '../cli-command.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';

/** Decides runs again from what was kept: `orchestrator redecide RUN`. */
export const redecideCommand: CliCommand = { declare, run };

interface Options {
  readonly all?: true;
  readonly json?: true;
}

function declare(command: Command): void {
  command
    .description('Decides runs again from the kept answers, and shows what changes. Asks nobody.')
    .argument('[run...]', 'their ids, or how these begin')
    .option('--all', 'every run that has ended')
    .option('--json', 'print the decisions as one JSON object');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const { all = false, json = false } = command.opts<Options>();
  if (command.args.length > 0 === all) {
    throw new OrchestratorError(
      'bad-usage',
      'Cannot tell which runs to decide again: wanted either their ids or --all',
    );
  }
  const app = await openCliApp(command.opts(), io);
  const store = await app.history();
  const ids = all ? await ended(store) : await named(command.args, store);
  const rows: Redecided[] = [];
  for (const id of ids) {
    const row = redecide(recordOf(id, (await store.events(id)) ?? []));
    rows.push(row);
    if (!json) io.stdout.write(`${safeLine(lineOf(row))}\n`);
  }
  await app.close();
  if (json) io.stdout.write(`${jsonText({ runs: rows })}\n`);
  else
    io.stderr.write(`${rows.filter(({ changed }) => changed).length} of ${rows.length} changed\n`);
  return exitStatus.ok;
}

function lineOf({ id, before, after, changed }: Redecided): string {
  const [was, is] = [before, after].map(({ chosen, rule }) => `${chosen ?? 'none'} (${rule})`);
  if (!changed) return `${id}  same     ${is}`;
  return was === is ? `${id}  changed  ${is}, with other files` : `${id}  changed  ${was} to ${is}`;
}

async function ended(store: HistoryStore): Promise<readonly string[]> {
  const runs = await store.list({ states: ['complete', 'degraded', 'failed'] });
  return runs.map(({ id }) => id);
}

async function named(words: readonly string[], store: HistoryStore): Promise<readonly string[]> {
  return Promise.all(words.map((word) => findRun(store, word)));
}
