import type { Command } from 'commander';
import { loadSettings } from '../../config/load-settings.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { safeLine } from '../../report/safe-text.ts';
import { renderSandbox, type SandboxRow } from '../../report/sandbox-text.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { getRuntime } from '../get-runtime.ts';
import { lookOf } from '../look.ts';
import type { CommandCall } from '../parse.ts';
import { declareConfigOption, declareSandboxOption, type SandboxOptions } from '../run-options.ts';

interface Options extends SandboxOptions {
  readonly json?: true;
  readonly yes?: true;
  readonly config?: string;
}

/** Shows in what code is run here, or installs the level that npm brings: `orchestrator sandbox`. */
export const sandboxCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .description('Shows in what the code of models is run here, and how to get a stronger sandbox.')
    .argument('[install]', 'install Deno and Python for the level runtime, into your own folder')
    .option('-y, --yes', 'agree to the download')
    .option('--json', 'print the levels as one JSON object');
  declareSandboxOption(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const [action] = command.args;
  const options = command.opts<Options>();
  if (action === 'install') return getRuntime({ yes: options.yes === true }, io);
  if (action === undefined) return show(options, io);
  throw new OrchestratorError(
    'bad-usage',
    `Cannot read the command line: found "${action}", wanted install or nothing`,
    { hint: 'See orchestrator sandbox --help' },
  );
}

async function show(options: Options, { cwd, env, stderr, stdout }: CommandIo): Promise<number> {
  const { config: configFile, json, sandbox } = options;
  const { settings, notices } = await loadSettings({
    cwd,
    env,
    configFile,
    overrides: { sandbox },
  });
  for (const notice of notices) stderr.write(`${safeLine(notice)}\n`);
  const floor = settings.sandbox;
  const { sandboxRows } = await import('../../app/sandbox-rows.ts');
  const rows = await sandboxRows({ env, floor });
  const text = json
    ? `${JSON.stringify({ floor, levels: rows.map(jsonOf) }, null, 2)}\n`
    : renderSandbox(rows, floor, lookOf(stdout, env));
  stdout.write(text);
  return rows.some(({ used }) => used) ? exitStatus.ok : exitStatus.degraded;
}

/** Keys as everywhere in `--json`. */
function jsonOf({ promisesNot, ...row }: SandboxRow): object {
  return { ...row, promises_not: promisesNot };
}
