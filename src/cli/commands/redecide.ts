import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { App } from '../../app/app.ts';
import { readExport, unreadable } from '../../app/read-export.ts';
import { recordOf } from '../../app/record-of.ts';
import { type Redecided, redecide } from '../../app/redecide.ts';
import type { HistoryStore } from '../../domain/history.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { jsonText } from '../../report/json.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { runNamed } from '../run-named.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';

/** Decides runs again from what was kept: `orchestrator redecide RUN`. */
export const redecideCommand: CliCommand = { declare, run };

interface Options {
  readonly all?: true;
  readonly json?: true;
}

function declare(command: Command): void {
  command
    .description('Decides runs again from the kept answers, and shows what changes. Asks nobody.')
    .argument('[run...]', 'their ids, or how these begin; exported files, and folders of them')
    .option('--all', 'every run that has ended')
    .option('--json', 'print the decisions as one JSON object');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const { all = false, json = false } = command.opts<Options>();
  if (command.args.length > 0 === all) {
    throw new OrchestratorError(
      'bad-usage',
      'Cannot tell which runs to decide again: wanted either ids, files and folders, or --all',
    );
  }
  const app = await openCliApp(command.opts(), io);
  const rows: Redecided[] = [];
  for await (const row of all ? allOf(await app.history()) : named(command.args, app, io)) {
    rows.push(row);
    if (!json) io.stdout.write(`${safeLine(lineOf(row))}\n`);
  }
  await app.close();
  if (json) io.stdout.write(`${jsonText({ runs: rows })}\n`);
  else io.stderr.write(`${summaryOf(rows)}\n`);
  return exitStatus.ok;
}

function lineOf({ id, before, after, changed }: Redecided): string {
  const [was, is] = [before, after].map(({ chosen, rule }) => `${chosen ?? 'none'} (${rule})`);
  if (!changed) return `${id}  same     ${is}`;
  return was === is ? `${id}  changed  ${is}, with other files` : `${id}  changed  ${was} to ${is}`;
}

/** Counts what changed by the weightiest part of it: another answer, else another rule, else other files. */
function summaryOf(rows: readonly Redecided[]): string {
  const changed = rows.filter((row) => row.changed);
  const others = changed.filter(({ before, after }) => before.seat !== after.seat);
  const rules = changed.filter(
    (row) => !others.includes(row) && row.before.rule !== row.after.rule,
  );
  const parts = [
    { count: others.length, what: 'to another answer' },
    { count: rules.length, what: 'by another rule' },
    { count: changed.length - others.length - rules.length, what: 'in the files' },
  ].flatMap(({ count, what }) => (count === 0 ? [] : [`${count} ${what}`]));
  const of = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `${changed.length} of ${rows.length} changed${of}`;
}

async function* allOf(store: HistoryStore): AsyncGenerator<Redecided> {
  const runs = await store.list({ states: ['complete', 'degraded', 'failed'] });
  for (const { id } of runs) yield redecide(recordOf(id, (await store.events(id)) ?? []));
}

/** A word that is a file or a folder is one; any other is the beginning of an id. */
async function* named(
  words: readonly string[],
  app: App,
  { cwd }: CommandIo,
): AsyncGenerator<Redecided> {
  for (const word of words) {
    const path = resolve(cwd, word);
    if (isPath(word, path)) {
      yield* exported(path);
      continue;
    }
    const store = await app.history();
    const id = await runNamed(store, word);
    yield redecide(recordOf(id, (await store.events(id)) ?? []));
  }
}

function isPath(word: string, path: string): boolean {
  return /[\\/]|\.jsonl$/.test(word) || existsSync(path);
}

/** A run that has not ended has nothing to compare with. */
async function* exported(path: string): AsyncGenerator<Redecided> {
  for await (const { id, events, file } of readExport(path)) {
    const { type, status }: { readonly type?: string; readonly status?: string } = {
      ...events.at(-1),
    };
    if (type !== 'run-ended' || status === 'cancelled') continue;
    yield again(file, () => redecide(recordOf(id, events)));
  }
}

/** Events of the right form may hold anything. */
function again(file: string, decide: () => Redecided): Redecided {
  try {
    return decide();
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error), error);
  }
}
