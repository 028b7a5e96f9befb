import type { Command } from 'commander';
import { exitStatus } from '../../domain/mistake.ts';
import type { ModelRow } from '../../domain/model-row.ts';
import type { Look } from '../../report/line.ts';
import { modelsJson } from '../../report/models-json.ts';
import { renderModels } from '../../report/models-text.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { CliCommand } from '../cli-command.ts';
import { lookOf } from '../look.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';

/** Shows who is not asked for a while: `orchestrator limits`. */
export const limitsCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .description('Shows which models are not asked for a while, and why. Asks nobody.')
    .option('--json', 'print those models as one JSON object')
    .option('--reset', 'forget it, so that all are asked again');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const app = await openCliApp(command.opts(), io);
  const { json, reset } = command.opts<{ readonly json?: true; readonly reset?: true }>();
  if (reset) {
    const names = await app.forgetLimits();
    const said = names.length === 0 ? 'Nothing was remembered' : `Forgot ${names.join(', ')}`;
    io.stderr.write(`${safeLine(said)}\n`);
  } else {
    const refused = (await app.models()).filter(({ refusal }) => refusal);
    io.stdout.write(json ? `${modelsJson(refused)}\n` : shown(refused, lookOf(io.stdout, io.env)));
  }
  await app.close();
  return exitStatus.ok;
}

function shown(refused: readonly ModelRow[], look: Look): string {
  return refused.length === 0
    ? 'All models that can be asked are asked\n'
    : renderModels(refused, look);
}
