import { Command, CommanderError } from 'commander';
import { OrchestratorError } from '../domain/mistake.ts';
import type { CliCommand } from './cli-command.ts';
import type { CommandIo } from './command-io.ts';

/** A command line that is to be read. */
export interface CommandCall {
  /** How the command is called: `orchestrator route`. */
  readonly name: string;
  readonly args: readonly string[];
  readonly io: CommandIo;
}

/**
 * Reads the arguments of a command; undefined when they asked for help, which is written then.
 * Throws `bad-usage` for what the command does not declare.
 */
export function parse(
  cliCommand: CliCommand,
  { name, args, io }: CommandCall,
): Command | undefined {
  const command = new Command(name)
    .exitOverride()
    .helpOption('-h, --help', 'show this help')
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // The error is thrown as well, and said in our own words.
      outputError: () => undefined,
    });
  cliCommand.declare(command);
  try {
    return command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw usageError(error, name);
  }
}

function usageError(cause: CommanderError, name: string): OrchestratorError {
  const [first = '', ...more] = cause.message.replace(/^error: /, '').split('\n');
  const line = [first.replace(/\.$/, ''), ...more].join(' ');
  return new OrchestratorError('bad-usage', `Cannot read the command line: ${line}`, {
    hint: `See ${name} --help`,
    cause,
  });
}
