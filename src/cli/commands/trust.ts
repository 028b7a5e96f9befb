import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { findProjectFile } from '../../config/find-config-file.ts';
import { distrust, trustedFolders, trustFolder } from '../../config/trust.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import type { CommandCall } from '../parse.ts';

interface TrustOptions {
  readonly remove?: true;
  readonly list?: true;
}

/** Allows the configuration file of a folder to be used: `orchestrator trust`. */
export const trustCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .description(
      'Allows the configuration file of a folder to be used. It can start programs and send keys.',
    )
    .argument('[dir]', 'the folder; without it, the one of the nearest configuration file')
    .option('--remove', 'take the trust back')
    .option('--list', 'list the trusted folders');
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const { list, remove } = command.opts<TrustOptions>();
  const lines = list ? await trustedFolders(io.env) : [await change(command, remove === true, io)];
  for (const line of lines) io.stdout.write(`${safeLine(line)}\n`);
  return exitStatus.ok;
}

async function change({ args }: Command, remove: boolean, io: CommandIo): Promise<string> {
  const folder = args[0] === undefined ? nearestFolder(io) : resolve(io.cwd, args[0]);
  if (!remove) return `Trusted ${await trustFolder(folder, io.env)}`;
  if (await distrust(folder, io.env)) return `Not trusted any more: ${folder}`;
  throw new OrchestratorError('bad-usage', `Cannot take back the trust in ${folder}: it had none`);
}

function nearestFolder({ cwd, env }: CommandIo): string {
  const file = findProjectFile(cwd, env);
  if (file !== undefined) return dirname(file);
  throw new OrchestratorError(
    'bad-usage',
    `Cannot tell which folder is meant: found no configuration file in ${cwd} or above`,
    { hint: 'Name the folder: orchestrator trust DIR' },
  );
}
