import { resolve } from 'node:path';
import { OrchestratorError } from '../domain/mistake.ts';
import type { CommandIo } from './command-io.ts';
import { isCommandName, mistypedCommand } from './command-names.ts';
import { readText, readTextFile } from './read-text-file.ts';

/** What the command line says about the task. */
export interface TaskArguments {
  /** The arguments that are no options. */
  readonly words: readonly string[];
  /** Whether the task was marked as such by `--`. */
  readonly marked: boolean;
  /** The values of options that take several, by option: they may have taken the task. */
  readonly lists: Readonly<Record<string, readonly string[] | undefined>>;
}

/**
 * Reads the task from the argument, from `@file`, or from stdin for `-` and for no argument in a pipe.
 * Throws `bad-usage` for a task that is missing, empty or unclear, `unreadable-file` for its file.
 */
export async function readTask(
  { words, marked, lists }: TaskArguments,
  io: Pick<CommandIo, 'stdin' | 'cwd'>,
): Promise<string> {
  const [word, ...more] = words;
  const meant = marked || word === undefined ? undefined : mistypedCommand(word);
  if (word !== undefined && meant !== undefined) throw mistyped(word, meant);
  if (more.length > 0) throw severalWords(words);
  if (word === undefined) refuseSwallowed(lists);
  else if (!marked && isCommandName(word)) throw lateCommand(word);
  if (word === undefined && io.stdin.isTTY) throw noTask(lists);
  const text = await taskText(word, io);
  if (text.trim() !== '') return text;
  if (word === undefined) throw noTask(lists);
  throw new OrchestratorError('bad-usage', 'Cannot run an empty task: wanted a text');
}

async function taskText(
  word: string | undefined,
  { stdin, cwd }: Pick<CommandIo, 'stdin' | 'cwd'>,
): Promise<string> {
  if (word === undefined || word === '-') {
    return (await readText(stdin, 'the task on stdin')).trimEnd();
  }
  if (!word.startsWith('@')) return word;
  const path = word.slice(1);
  return (await readTextFile(resolve(cwd, path), `the task file "${path}"`)).trimEnd();
}

function severalWords(words: readonly string[]): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    `Cannot tell the task: found ${words.length} arguments (${words.map(quoted).join(', ')}), wanted one`,
    { hint: `Put it in quotes: orchestrator ${quoted(words.join(' '))}` },
  );
}

/** `orchestrator --config FILE models` would otherwise ask about the word "models". */
function lateCommand(word: string): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    `Cannot tell whether ${quoted(word)} is a command or the task`,
    { hint: `Put a command first (orchestrator ${word}), or the task after -- (-- ${word})` },
  );
}

/** A model asked about the word "doctr" would cost money and tell nothing. */
function mistyped(word: string, meant: string): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    `Cannot tell whether ${quoted(word)} is the task or a mistyped command`,
    { hint: `Did you mean orchestrator ${meant}? If it is the task: orchestrator ask ${word}` },
  );
}

/** A name has no blanks in it, so such a value is the task that the option took. */
function refuseSwallowed(lists: TaskArguments['lists']): void {
  for (const option of ['--models', '--validators']) {
    const task = lists[option]?.find((value) => /\s/.test(value));
    if (task !== undefined) throw swallowed(option, task);
  }
}

function swallowed(option: string, task: string): OrchestratorError {
  return new OrchestratorError(
    'bad-usage',
    `Cannot find the task: ${option} took every argument up to the next option, ${quoted(task)} included`,
    { hint: `Put the task before ${option}, or after --` },
  );
}

function noTask(lists: TaskArguments['lists']): OrchestratorError {
  const [option, values = []] =
    Object.entries(lists).find(([, list = []]) => list.length > 0) ?? [];
  const hint = option
    ? `If ${quoted(values.at(-1) ?? '')} is the task, put it before ${option}, or after --`
    : 'Give it as an argument (orchestrator "Build a REST API"), as @FILE, or on stdin';
  return new OrchestratorError(
    'bad-usage',
    'Cannot start without a task: found no argument, and nothing on stdin',
    { hint },
  );
}

function quoted(text: string): string {
  return `"${text}"`;
}
