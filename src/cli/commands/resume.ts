import type { Command } from 'commander';
import { lastRun } from '../../app/find-run.ts';
import type { CliCommand } from '../cli-command.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { runNamed } from '../run-named.ts';
import {
  type BudgetOptions,
  budgetOf,
  declareBudgetOptions,
  declareConfigOption,
  declareHistoryFile,
  declareKeepOptions,
  declareLimitOptions,
  declareLocalOptions,
  declareOutputOptions,
  declareSandboxOption,
  type LimitOptions,
  limitsOf,
  type OutputOptions,
} from '../run-options.ts';
import { type StartRun, showRun } from '../show-run.ts';

/** Goes on with a run that did not come to its end: `orchestrator resume RUN`. */
export const resumeCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .description(
      'Goes on with a run that was ended before its end, and repeats no finished call; shows one that has ended.',
    )
    .argument('[run]', 'its id, or how the id begins; without it the last that was interrupted')
    .option('--last', 'the last that was interrupted');
  declareHistoryFile(command);
  declareKeepOptions(command);
  declareLimitOptions(command);
  declareBudgetOptions(command);
  declareLocalOptions(command);
  declareSandboxOption(command);
  declareConfigOption(command);
  declareOutputOptions(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const options = command.opts<OutputOptions & BudgetOptions & LimitOptions>();
  const [text] = command.args;
  const app = await openCliApp(command.opts(), io);
  const store = await app.history();
  const id =
    text === undefined ? await lastRun(store, ['interrupted']) : await runNamed(store, text);
  const told = { budget: budgetOf(options), limits: limitsOf(options) };
  const start: StartRun = async (given) => {
    const record = await app.resume(id, { ...given, ...told });
    const wasCancelled = record.status === 'cancelled' && given.signal?.aborted !== true;
    if (wasCancelled) io.stderr.write(`Cannot go on with run ${id}: ${ofCancelled}\n`);
    return record;
  };
  return showRun(start, { app, options, io });
}

const ofCancelled =
  'it was cancelled, which ended it. Give the same command again; only what --cache kept is not asked for anew';
