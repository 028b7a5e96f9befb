import type { Command } from 'commander';
import { exitStatus } from '../../domain/mistake.ts';
import type { CliCommand } from '../cli-command.ts';
import { helpEnd } from '../help-text.ts';
import { openCliApp } from '../open-cli-app.ts';
import { packageVersion } from '../package-version.ts';
import type { CommandCall } from '../parse.ts';
import { readTask } from '../read-task.ts';
import {
  type CheckOptions,
  declareCheckOptions,
  declareLimitOptions,
  declareLocalOptions,
  declareOutputOptions,
  declarePlanOptions,
  declareSandboxOption,
  declareSelectOptions,
  type LimitOptions,
  type LocalOptions,
  type OutputOptions,
  type PlanOptions,
  type SandboxOptions,
  type SelectOptions,
} from '../run-options.ts';
import { runTask } from '../run-task.ts';
import { taskArguments, taskFrom } from '../task-from.ts';

/** Asks the models: what `orchestrator "task"` does. */
export const askCommand: CliCommand = {
  declare,
  run: (command, call) => run(command, call, false),
};

/** The same by its name, `orchestrator ask doctr`: after it a single word is a task, whatever it is like. */
export const namedAskCommand: CliCommand = {
  declare,
  run: (command, call) => run(command, call, true),
};

function declare(command: Command): void {
  command
    .usage('[options] "task"')
    .description('Asks several models the same coding task in parallel and gives one answer.')
    .argument('[task...]', 'the task; @FILE reads it from a file, - from stdin')
    .version(packageVersion(), '-V, --version', 'show the version')
    .addHelpText('after', helpEnd());
  declarePlanOptions(command);
  declareSelectOptions(command);
  declareCheckOptions(command);
  declareSandboxOption(command);
  declareLimitOptions(command);
  declareLocalOptions(command);
  declareOutputOptions(command);
}

async function run(command: Command, { args, io }: CommandCall, isNamed: boolean): Promise<number> {
  const options = command.opts<
    PlanOptions &
      SelectOptions &
      CheckOptions &
      SandboxOptions &
      LimitOptions &
      LocalOptions &
      OutputOptions
  >();
  if (args.length === 0 && io.stdin.isTTY) {
    command.outputHelp();
    return exitStatus.ok;
  }
  const words = taskArguments(command, options, args);
  const text = await readTask({ ...words, marked: words.marked || isNamed }, io);
  const app = await openCliApp(options, io);
  // Who names a level wants no answer that was not run in it, and pays for none.
  if (options.sandbox !== undefined) await app.requireSandbox();
  const place = { settings: app.settings, cwd: io.cwd };
  if (!options.local && !options.small) {
    return runTask(await taskFrom(text, options, place), { app, options, io });
  }
  const { getLocalModel, localName } = await import('../get-local-model.ts');
  const models = [...(options.models ?? []), localName];
  const task = await taskFrom(text, { ...options, models }, place);
  await getLocalModel(app.settings, { yes: options.yes === true }, io);
  return runTask(task, { app, options, io });
}
