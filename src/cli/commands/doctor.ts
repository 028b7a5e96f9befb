import type { Command } from 'commander';
import { exitStatus } from '../../domain/mistake.ts';
import { renderDoctor } from '../../report/doctor-text.ts';
import { cancelOnSignals } from '../cancel-on-signals.ts';
import type { CliCommand } from '../cli-command.ts';
import { lookOf } from '../look.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { declareConfigOption } from '../run-options.ts';

/** Checks each runner: `orchestrator doctor`. */
export const doctorCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command.description(
    'Checks each model: found, version, signed in, reachable; with a remedy each.',
  );
  command.option('--offline', 'ask no other machine');
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const app = await openCliApp(command.opts(), io);
  using cancellation = cancelOnSignals();
  const offline = command.opts<{ readonly offline?: true }>().offline === true;
  const rows = await app.doctor({ signal: cancellation.signal, offline });
  io.stdout.write(renderDoctor(rows, lookOf(io.stdout, io.env)));
  return cancellation.status() ?? exitStatus.ok;
}
