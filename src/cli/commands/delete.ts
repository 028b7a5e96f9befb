import type { Command } from 'commander';
import type { HistoryStore } from '../../domain/history.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import type { CliCommand } from '../cli-command.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { pastValue } from '../past-value.ts';
import { runNamed } from '../run-named.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';

/** Deletes runs for good: `orchestrator delete RUN`. */
export const deleteCommand: CliCommand = { declare, run };

interface Options {
  readonly olderThan?: string;
}

function declare(command: Command): void {
  command
    .description('Deletes runs for good, with their answers. A run that goes on is kept.')
    .argument('[run...]', 'their ids, or how these begin')
    .option('--older-than <when>', 'all that began before: 90m, 12h, 30d, 8w or 2026-03-01');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const { olderThan } = command.opts<Options>();
  if ((command.args.length === 0) === (olderThan === undefined)) {
    throw new OrchestratorError(
      'bad-usage',
      'Cannot tell which runs to delete: wanted either their ids or --older-than',
    );
  }
  const beforeMs =
    olderThan === undefined ? undefined : pastValue('--older-than', olderThan, Date.now());
  const app = await openCliApp(command.opts(), io);
  const store = await app.history();
  const ids =
    beforeMs === undefined
      ? await named(command.args, store)
      : (await store.list({ beforeMs })).map(({ id }) => id);
  const removed = await store.remove(ids);
  await app.close();
  io.stderr.write(
    `Deleted ${removed.length} of ${ids.length} ${ids.length === 1 ? 'run' : 'runs'}\n`,
  );
  const kept = ids.filter((id) => !removed.includes(id));
  if (kept.length === 0 || beforeMs !== undefined) return exitStatus.ok;
  throw new OrchestratorError('run-in-use', `Cannot delete run ${kept.join(', ')}: it goes on`);
}

async function named(words: readonly string[], store: HistoryStore): Promise<readonly string[]> {
  return [...new Set(await Promise.all(words.map((word) => runNamed(store, word))))];
}
