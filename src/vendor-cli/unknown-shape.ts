import { fields } from '../wire/json.ts';
import type { CliError } from './vendor-cli.ts';

/** What the name of an event or a field has in it that tells of no good end. */
const troubleWords =
  /abort|blocked|broke(?!r)|cancel(?!l?able)|crash|denied|error|exceed|exhaust|expired|fail|fatal|incomplete|interrupt|invalid(?!at)|(?<!s)kill|overload|panic|refus|reject|stopped|terminat|timed_?out|truncat|unauthor/i;

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
  if (typeof type === 'string' && troubleWords.test(type)) {
    return unknownShape(`an event "${type.slice(0, 100)}"`);
  }
  return troubleOfFields(event);
}

/** What is wrong with an object of a known type: it has a field that sounds like an error, and is set. */
export function troubleOfFields(value: unknown): CliError | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = Object.entries(value).find(([name, set]) => troubleWords.test(name) && isSet(set));
  return found && unknownShape(`a field "${found[0].slice(0, 100)}"`);
}

function isSet(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length > 0
    : Boolean(value);
}
