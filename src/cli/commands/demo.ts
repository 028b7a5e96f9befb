import type { Command } from 'commander';
import { openApp } from '../../app/app.ts';
import { type DemoTask, demoSettings, demoTasks, findDemoTask } from '../../app/demo.ts';
import { builtInSettings } from '../../config/defaults.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { labelled } from '../../report/labelled.ts';
import type { Look } from '../../report/line.ts';
import { replayNotice } from '../../report/text.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { lookOf } from '../look.ts';
import type { CommandCall } from '../parse.ts';
import { declareOutputOptions, type OutputOptions } from '../run-options.ts';
import { showRun } from '../show-run.ts';

/** Plays recorded answers through the whole pipeline: `orchestrator demo`. */
export const demoCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .description('Plays recorded answers through the whole pipeline. Asks nobody.')
    .argument('[id]', 'which of the recorded tasks; without it, the first')
    .option('--list', 'list the recorded tasks');
  declareOutputOptions(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const options = command.opts<OutputOptions & { readonly list?: true }>();
  const [query] = command.args;
  if (options.list) {
    io.stdout.write(`${taskLines(demoTasks(), lookOf(io.stdout, io.env)).join('\n')}\n`);
    return exitStatus.ok;
  }
  const played = query === undefined ? firstTask() : findDemoTask(query);
  introduce(played, options, io);
  const app = openApp(demoSettings(builtInSettings), { env: io.env });
  const task = {
    text: played.text,
    context: [],
    mode: played.mode,
    models: undefined,
    validators: undefined,
    strict: false,
  };
  const status = await showRun((given) => app.run(task, given), { app, options, io });
  if (query === undefined) tellOthers(played, io);
  return status;
}

/** On a terminal the answer itself carries the notice. */
function introduce(
  { id, text }: DemoTask,
  { json }: OutputOptions,
  { stdout, stderr, env }: CommandIo,
): void {
  const notice = stdout.isTTY && !json ? [] : [replayNotice];
  const look = lookOf(stderr, env);
  const lines = labelled([{ label: id, paragraphs: [{ text }] }], look);
  stderr.write(`${[...notice, ...lines].join('\n')}\n\n`);
}

function firstTask(): DemoTask {
  const [first] = demoTasks();
  if (first) return first;
  throw new OrchestratorError('no-recording', 'Cannot play the demo: found no recorded task');
}

function tellOthers(played: DemoTask, { stderr, env }: CommandIo): void {
  const others = demoTasks().filter(({ id }) => id !== played.id);
  const lines = taskLines(others, lookOf(stderr, env));
  stderr.write(`\nMore to play, with orchestrator demo ID:\n${lines.join('\n')}\n`);
}

function taskLines(tasks: readonly DemoTask[], look: Look): readonly string[] {
  const entries = tasks.map(({ id, mode, shows }) => ({
    label: id,
    paragraphs: [{ text: `${shows} (${mode})` }],
  }));
  return labelled(entries, look);
}
