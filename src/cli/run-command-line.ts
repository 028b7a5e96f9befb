import { exitStatus, OrchestratorError } from '../domain/mistake.ts';
import type { CommandIo } from './command-io.ts';
import { commandSummaries, isCommandName } from './command-names.ts';
import { explainError } from './explain-error.ts';
import { loadCommand } from './load-command.ts';
import { parse } from './parse.ts';

/** Runs one command line and gives the exit status; whatever is thrown becomes a line on stderr. */
export async function runCommandLine(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    const { text, status } = explainError(error, args.includes('--verbose'));
    io.stderr.write(text);
    return status;
  }
}

async function dispatch(args: readonly string[], io: CommandIo): Promise<number> {
  const [first = '', ...rest] = args;
  if (first === 'help' && rest.length < 2) return dispatch([...topicOf(rest), '--help'], io);
  const name = isCommandName(first) ? first : undefined;
  const command = await loadCommand(name);
  const call = name
    ? { name: `orchestrator ${name}`, args: rest, io }
    : { name: 'orchestrator', args, io };
  const parsed = parse(command, call);
  return parsed ? command.run(parsed, call) : exitStatus.ok;
}

function topicOf(words: readonly string[]): readonly string[] {
  const [word] = words;
  if (word === undefined || isCommandName(word)) return words;
  const known = Object.keys(commandSummaries).join(', ');
  throw new OrchestratorError('bad-usage', `Cannot help with "${word}": wanted one of ${known}`);
}
