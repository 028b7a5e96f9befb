import { Command, type Option } from 'commander';
import type { CliCommand } from '../cli-command.ts';
import { type CommandName, commandSummaries, isCommandName } from '../command-names.ts';
import { optionChoices } from './option-choices.ts';

/** One word that could stand where the cursor is. */
export interface Completion {
  readonly word: string;
  /** What it is, in a few words; empty where the word says it. */
  readonly about: string;
}

/** What is known of the place where a line is typed; each is only asked for where it can stand. */
export interface CompletionSources {
  /** A command with what it declares; the one that asks the models without a name. */
  readonly command: (name: CommandName | undefined) => Promise<CliCommand>;
  readonly runners: () => Promise<readonly Completion[]>;
  readonly runs: () => Promise<readonly Completion[]>;
  /** The files and folders whose path begins so. */
  readonly files: (start: string) => Promise<readonly Completion[]>;
}

/** Options that take the names of runners. */
const ofRunners: ReadonlySet<string> = new Set(['--models', '--validators']);

/** Commands whose arguments are ids of runs. */
const ofRuns: ReadonlySet<string> = new Set([
  'show',
  'open',
  'resume',
  'redecide',
  'export',
  'delete',
]);

/** Commands whose argument is a task, which `@` reads from a file; so does the one without a name. */
const ofTasks: ReadonlySet<string> = new Set(['ask', 'route']);

/** The arguments of commands that take one of a few words. */
const argumentWords: Readonly<Record<string, readonly string[]>> = {
  cache: ['clear'],
  sandbox: ['install'],
  completion: ['bash', 'zsh', 'fish'],
  help: Object.keys(commandSummaries),
};

/**
 * Completes the last of the words that stand behind the name of the program, which may be empty. None where the shell
 * should offer files, or where anything can stand.
 */
export async function completeLine(
  words: readonly string[],
  sources: CompletionSources,
): Promise<readonly Completion[]> {
  const current = words.at(-1) ?? '';
  const [first = ''] = words;
  const name = words.length > 1 && isCommandName(first) ? first : undefined;
  const isHelp = words.length > 1 && first === 'help';
  const before = words.slice(name || isHelp ? 1 : 0, -1);
  const all = isHelp
    ? plain(argumentWords['help'] ?? [])
    : await possible({ name, before, current }, sources);
  return all.filter(({ word }) => word.startsWith(current));
}

interface Line {
  readonly name: CommandName | undefined;
  /** The words between the command and the one that is completed. */
  readonly before: readonly string[];
  readonly current: string;
}

async function possible(line: Line, sources: CompletionSources): Promise<readonly Completion[]> {
  const { name, before, current } = line;
  const options = await optionsOf(name, sources);
  const open = openOption(before, options);
  if (open && !current.startsWith('-')) {
    const values = await valuesOf(open, sources);
    // A list of names ends with the next option alone.
    if (values.length > 0 || !open.variadic) return values;
  }
  if (!open && current.startsWith('@') && (name === undefined || ofTasks.has(name))) {
    return prefixed('@', await sources.files(current.slice(1)));
  }
  return before.includes('--') ? [] : unmarked(line, options, sources);
}

/** What can stand where no `--` came before. */
async function unmarked(
  { name, before, current }: Line,
  options: readonly Option[],
  sources: CompletionSources,
): Promise<readonly Completion[]> {
  const [flag = '', ...value] = current.split('=');
  if (flag.startsWith('-')) {
    return value.length > 0 ? assigned(flag, options, sources) : options.flatMap(flagsOf);
  }
  if (name !== undefined) return argumentsOf(name, sources);
  return before.length === 0 ? commands() : [];
}

/** What can stand behind `--mode=`, with the option before it. */
async function assigned(
  flag: string,
  options: readonly Option[],
  sources: CompletionSources,
): Promise<readonly Completion[]> {
  const option = options.find(({ long }) => long === flag);
  if (!option) return [];
  return prefixed(`${flag}=`, await valuesOf(option, sources));
}

function prefixed(start: string, all: readonly Completion[]): readonly Completion[] {
  return all.map(({ word, about }) => ({ word: `${start}${word}`, about }));
}

async function optionsOf(
  name: CommandName | undefined,
  sources: CompletionSources,
): Promise<readonly Option[]> {
  const command = new Command().helpOption('-h, --help', 'show this help');
  (await sources.command(name)).declare(command);
  return command.createHelp().visibleOptions(command);
}

/** The option that takes the next word as its value; undefined where none does. */
function openOption(before: readonly string[], options: readonly Option[]): Option | undefined {
  const index = before.findLastIndex((each) => each.startsWith('-'));
  if (index < 0) return undefined;
  const word = before[index];
  const option = options.find(({ long, short }) => word === long || word === short);
  if (!option || !(option.required || option.optional)) return undefined;
  return option.variadic || index === before.length - 1 ? option : undefined;
}

async function valuesOf(
  { long = '' }: Option,
  sources: CompletionSources,
): Promise<readonly Completion[]> {
  if (ofRunners.has(long ?? '')) return sources.runners();
  return plain(optionChoices[long ?? ''] ?? []);
}

async function argumentsOf(
  name: CommandName,
  sources: CompletionSources,
): Promise<readonly Completion[]> {
  return ofRuns.has(name) ? sources.runs() : plain(argumentWords[name] ?? []);
}

function commands(): readonly Completion[] {
  const named = Object.entries(commandSummaries).map(([word, { summary }]) => ({
    word,
    about: summary,
  }));
  return [...named, { word: 'help', about: 'show the help of a command' }];
}

function flagsOf({ long, short, description }: Option): readonly Completion[] {
  const word = long ?? short;
  return word === undefined || word === null ? [] : [{ word, about: description }];
}

function plain(words: readonly string[]): readonly Completion[] {
  return words.map((word) => ({ word, about: '' }));
}
