import type { Command } from 'commander';
import type { CommandCall } from './parse.ts';

/** One command: what can be written after its name, and what it does. */
export interface CliCommand {
  /** Declares the arguments and options. */
  readonly declare: (command: Command) => void;
  /** Does the work and gives the exit status; throws only misuse. */
  readonly run: (parsed: Command, call: CommandCall) => Promise<number>;
}
