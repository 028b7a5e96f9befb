import type { Command } from 'commander';
import { modelStats } from '../../app/model-stats.ts';
import { exitStatus } from '../../domain/mistake.ts';
import { statsJson } from '../../report/stats-json.ts';
import { renderStats } from '../../report/stats-text.ts';
import type { CliCommand } from '../cli-command.ts';
import { lookOf } from '../look.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { pastValue } from '../past-value.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';

/** Says how the models fared in the runs that were kept: `orchestrator stats`. */
export const statsCommand: CliCommand = { declare, run };

interface Options {
  readonly category?: string;
  readonly since?: string;
  readonly json?: true;
}

function declare(command: Command): void {
  command
    .description('Says how the models fared in the runs that were kept. Asks nobody.')
    .option('--category <name>', 'only runs of this category')
    .option('--since <when>', 'only runs since then: 90m, 12h, 30d, 8w or 2026-03-01')
    .option('--json', 'print them as one JSON object');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const { category, since, json } = command.opts<Options>();
  const sinceMs = since === undefined ? undefined : pastValue('--since', since, Date.now());
  const app = await openCliApp(command.opts(), io);
  const rows = await modelStats(await app.history(), { category, sinceMs });
  await app.close();
  if (json) io.stdout.write(`${statsJson(rows)}\n`);
  else if (rows.length > 0) io.stdout.write(renderStats(rows, lookOf(io.stdout, io.env)));
  else
    io.stderr.write('Nothing is known of any model: no run that fits is kept, or none has ended\n');
  return exitStatus.ok;
}
