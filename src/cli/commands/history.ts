import type { Command } from 'commander';
import { type RunState, runStates } from '../../domain/history.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { runsJson } from '../../report/history-json.ts';
import { renderRuns } from '../../report/history-text.ts';
import type { CliCommand } from '../cli-command.ts';
import { lookOf } from '../look.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { pastValue } from '../past-value.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';

/** Lists the runs that were kept: `orchestrator history`. */
export const historyCommand: CliCommand = { declare, run };

interface Options {
  readonly status?: RunState;
  readonly category?: string;
  readonly since?: string;
  readonly limit: number;
  readonly json?: true;
}

/** How many runs are listed where nothing else is said. */
const usualLimit = 20;

function declare(command: Command): void {
  command
    .description('Lists the runs that were kept, the newest first. Asks nobody.')
    .argument('[text...]', 'only runs whose task has this text')
    .option('--status <state>', `only runs that are ${runStates.join(', ')}`, stateValue)
    .option('--category <name>', 'only runs of this category')
    .option('--since <when>', 'only runs since then: 90m, 12h, 30d, 8w or 2026-03-01')
    .option('-n, --limit <count>', 'the most runs to list', limitValue, usualLimit)
    .option('--json', 'print them as one JSON object');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const { status, category, since, limit, json } = command.opts<Options>();
  const text = command.args.join(' ');
  const sinceMs = since === undefined ? undefined : pastValue('--since', since, Date.now());
  const app = await openCliApp(command.opts(), io);
  const store = await app.history();
  const runs = await store.list({
    text: text === '' ? undefined : text,
    states: status && [status],
    category,
    sinceMs,
    limit,
  });
  await app.close();
  if (json) io.stdout.write(`${runsJson(runs)}\n`);
  else if (runs.length > 0) io.stdout.write(renderRuns(runs, lookOf(io.stdout, io.env)));
  else io.stderr.write('No run is kept that fits\n');
  return exitStatus.ok;
}

function stateValue(text: string): RunState {
  const known = runStates.find((state) => state === text.toLowerCase());
  if (known) return known;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --status "${text}": wanted one of ${runStates.join(', ')}`,
  );
}

function limitValue(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new OrchestratorError('bad-usage', `Cannot use --limit "${text}": wanted a whole number`);
}
