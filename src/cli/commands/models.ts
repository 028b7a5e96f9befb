import type { Command } from 'commander';
import { exitStatus } from '../../domain/mistake.ts';
import { modelsJson } from '../../report/models-json.ts';
import { renderModels } from '../../report/models-text.ts';
import type { CliCommand } from '../cli-command.ts';
import { lookOf } from '../look.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { declareConfigOption } from '../run-options.ts';

/** Lists the runners and whether each can be asked here: `orchestrator models`. */
export const modelsCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command.description('Lists what can be asked here, and why not. Asks nobody.');
  command.option('--json', 'print the models as one JSON object');
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const app = await openCliApp(command.opts(), io);
  const rows = await app.models();
  const { json } = command.opts<{ readonly json?: true }>();
  io.stdout.write(json ? `${modelsJson(rows)}\n` : renderModels(rows, lookOf(io.stdout, io.env)));
  return exitStatus.ok;
}
