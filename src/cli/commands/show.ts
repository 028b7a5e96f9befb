import type { Command } from 'commander';
import { lastRun } from '../../app/find-run.ts';
import { recordOf } from '../../app/record-of.ts';
import type { KeptEvent } from '../../domain/history.ts';
import { exitStatus } from '../../domain/mistake.ts';
import { type Lane, lanesAfter } from '../../report/lanes.ts';
import { progressLine } from '../../report/progress.ts';
import { resultOf } from '../../report/result.ts';
import type { CliCommand } from '../cli-command.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { runNamed } from '../run-named.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';
import { showResult } from '../show-result.ts';

/** Shows a run as it was shown when it ended: `orchestrator show RUN`. */
export const showCommand: CliCommand = { declare, run };

function declare(command: Command): void {
  command
    .description('Shows a run that was kept, as after the run; without an id the last one.')
    .argument('[run]', 'its id, or how the id begins')
    .option('--last', 'the last run')
    .option('--json', 'print the whole result as one JSON object');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const { json = false } = command.opts<{ readonly json?: true }>();
  const [text] = command.args;
  const app = await openCliApp(command.opts(), io);
  const store = await app.history();
  const id = text === undefined ? await lastRun(store) : await runNamed(store, text);
  const events = (await store.events(id)) ?? [];
  await app.close();
  const hasEnded = events.some(({ type }) => type === 'run-ended');
  if (!hasEnded && !json) {
    io.stdout.write(unfinished(id, events));
    return exitStatus.ok;
  }
  const record = recordOf(id, events);
  showResult(resultOf(record, { replay: app.isReplay(record) }), json, io);
  return exitStatus.ok;
}

/** What is known of a run that has not ended, one line for each thing that happened. */
function unfinished(id: string, events: readonly KeptEvent[]): string {
  let lanes: readonly Lane[] = [];
  const lines = events.flatMap((event) => {
    lanes = lanesAfter(lanes, event);
    return progressLine(event, lanes) ?? [];
  });
  const end = `Run ${id} has not ended; to go on with it: orchestrator resume ${id}`;
  return `${[...lines, end].join('\n')}\n`;
}
