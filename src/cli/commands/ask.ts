import type { Command } from 'commander';
import { sameRun } from '../../app/find-run.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { nestingRefusal } from '../../domain/nesting.ts';
import type { Task } from '../../domain/task.ts';
import type { CliCommand } from '../cli-command.ts';
import { helpEnd } from '../help-text.ts';
import { openCliApp } from '../open-cli-app.ts';
import { packageVersion } from '../package-version.ts';
import type { CommandCall } from '../parse.ts';
import { readTask } from '../read-task.ts';
import {
  type BudgetOptions,
  budgetOf,
  type CheckOptions,
  declareBudgetOptions,
  declareCheckOptions,
  declareHistoryOptions,
  declareKeepOptions,
  declareLimitOptions,
  declareLocalOptions,
  declareOutputOptions,
  declarePlanOptions,
  declareSandboxOption,
  declareSelectOptions,
  type HistoryOptions,
  type KeepOptions,
  type LimitOptions,
  type LocalOptions,
  limitsOf,
  type OutputOptions,
  type PlanOptions,
  type SandboxOptions,
  type SelectOptions,
} from '../run-options.ts';
import { type ShowRunOptions, showRun } from '../show-run.ts';
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
  declareBudgetOptions(command);
  declareLocalOptions(command);
  declareHistoryOptions(command);
  declareKeepOptions(command);
  command.option(
    '--resume',
    'go on with the last run of the same task, and repeat no finished call',
  );
  declareOutputOptions(command);
}

async function run(command: Command, { args, io }: CommandCall, isNamed: boolean): Promise<number> {
  const options = command.opts<
    PlanOptions &
      SelectOptions &
      CheckOptions &
      SandboxOptions &
      LimitOptions &
      BudgetOptions &
      LocalOptions &
      HistoryOptions &
      KeepOptions &
      ResumeOptions &
      OutputOptions
  >();
  if (args.length === 0 && io.stdin.isTTY) {
    command.outputHelp();
    return exitStatus.ok;
  }
  const words = taskArguments(command, options, args);
  const refusal = nestingRefusal(io.env);
  if (refusal !== undefined) throw new OrchestratorError('bad-usage', refusal);
  const text = await readTask({ ...words, marked: words.marked || isNamed }, io);
  const app = await openCliApp(options, io);
  // Who names a level wants no answer that was not run in it, and pays for none.
  if (options.sandbox !== undefined) await app.requireSandbox();
  const place = { settings: app.settings, cwd: io.cwd };
  if (!options.local && !options.small) {
    return ask(await taskFrom(text, options, place), { app, options, io });
  }
  const { getLocalModel, localName } = await import('../get-local-model.ts');
  const models = [...(options.models ?? []), localName];
  const task = await taskFrom(text, { ...options, models }, place);
  const { record, replay } = app.settings.cassette;
  // What is played alone needs no model.
  if (replay === undefined || record !== undefined) {
    await getLocalModel(app.settings, { yes: options.yes === true }, io);
  }
  return ask(task, { app, options, io });
}

interface Asking extends ShowRunOptions {
  readonly options: OutputOptions & ResumeOptions & BudgetOptions & LimitOptions;
}

/** With `--resume` the run of the same task that is there already, finished or not, is gone on with. */
async function ask(task: Task, given: Asking): Promise<number> {
  const { app, options } = given;
  const known = options.resume ? await sameRun(await app.history(), task) : undefined;
  return showRun((heard) => {
    const told = { ...heard, budget: budgetOf(options), limits: limitsOf(options) };
    return known === undefined ? app.run(task, told) : app.resume(known, told);
  }, given);
}

interface ResumeOptions {
  readonly resume?: true;
}
