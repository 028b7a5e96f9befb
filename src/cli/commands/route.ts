import type { Command } from 'commander';
import type { Estimate } from '../../domain/estimate.ts';
import { exitStatus } from '../../domain/mistake.ts';
import type { Plan } from '../../domain/plan.ts';
import { renderRoute } from '../../report/route-text.ts';
import type { CliCommand } from '../cli-command.ts';
import { lookOf } from '../look.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { readTask } from '../read-task.ts';
import {
  declareHistoryOptions,
  declarePlanOptions,
  declareSelectOptions,
  type HistoryOptions,
  type PlanOptions,
  type SelectOptions,
} from '../run-options.ts';
import { taskArguments, taskFrom } from '../task-from.ts';

/** Says who would be asked, and why: `orchestrator route "task"`. */
export const routeCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .usage('[options] "task"')
    .description('Says which models would be asked, and why. Asks nobody.')
    .argument('[task...]', 'the task; @FILE reads it from a file, - from stdin')
    .option('--json', 'print one JSON object');
  declarePlanOptions(command);
  declareSelectOptions(command);
  declareHistoryOptions(command);
}

async function run(command: Command, { args, io }: CommandCall): Promise<number> {
  const options = command.opts<
    PlanOptions & SelectOptions & HistoryOptions & { readonly json?: true }
  >();
  // After the command's own name, a task of one word is a task.
  const text = await readTask({ ...taskArguments(command, options, args), marked: true }, io);
  const app = await openCliApp(options, io);
  const task = await taskFrom(text, options, { settings: app.settings, cwd: io.cwd });
  const plan = await app.route(task);
  const estimate = app.estimate(task, plan);
  await app.close();
  const shown = options.json
    ? routeJson(plan, estimate)
    : renderRoute(plan, estimate, lookOf(io.stdout, io.env));
  io.stdout.write(shown);
  return exitStatus.ok;
}

function routeJson(
  { route, seats, substitutions }: Plan,
  { least, most, unbounded, unpriced }: Estimate,
): string {
  const { category, mode, primaries, validators, reason, words, learning } = route;
  const missing = seats.flatMap(({ runner, role, unavailable }) =>
    unavailable
      ? [{ model: runner, role, because: unavailable.kind, remedy: unavailable.remedy }]
      : [],
  );
  const estimate = {
    min_cost: least.costUsd,
    max_cost: most.costUsd,
    min_tokens: least.tokens,
    max_tokens: most.tokens,
    unpriced,
    unbounded,
  };
  const asked = { category, mode, primaries, validators, reason, words };
  const known = { ...asked, substitutions, missing, estimate };
  const shown = learning ? { ...known, learning } : known;
  return `${JSON.stringify(shown, null, 2)}\n`;
}
