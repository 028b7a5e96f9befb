import { isTroubleName, troubleField } from '../lib/trouble-words.ts';
import { fields } from '../wire/json.ts';
import type { CliError } from './vendor-cli.ts';

/** A flaw of the output: a shape that the runner does not know. */
export function unknownShape(what: string): CliError {
  return { kind: 'unknown', message: `Its output has an unknown shape: ${what}` };
}

/**
 * What is wrong with an event of a type that is not listed: it sounds like an error, or carries one. Undefined
 * for a mere notice, as vendors add such with every version.
 */
export function troubleOfEvent(event: unknown): CliError | undefined {
  const { type } = fields<'type'>(event);
  if (isTroubleName(type)) return unknownShape(`an event "${type.slice(0, 100)}"`);
  return troubleOfFields(event);
}

/** What is wrong with an object of a known type: it has a field that sounds like an error, and is set. */
export function troubleOfFields(value: unknown): CliError | undefined {
  const found = troubleField(value);
  return found === undefined ? undefined : unknownShape(`a field "${found.slice(0, 100)}"`);
}
