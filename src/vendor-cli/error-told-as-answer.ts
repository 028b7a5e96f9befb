import type { CliError } from './vendor-cli.ts';

/** Characters of an error that is told in the place of an answer, at most. */
const maxLength = 2000;

/** How the programs' own errors begin when they stand where the answer should. */
const openings: readonly RegExp[] = [
  /^\[?API Error( \(|: ?(\d{3}\b|Request\b|Connection\b|Unable\b|JSON\b|The (server|model|socket)\b|got status\b|\{|\[|.*\bfetch failed\b))/i,
  /^Sorry, I encountered an error:/i,
  /^(unexpected status \d{3}|exceeded retry limit|stream (error|disconnected)|Reconnecting\.\.\.)/i,
  /^(Internal error: \{|Error: \{|Execution error$)/i,
  /^(Invalid API key|Not logged in|OAuth token \w+|Credit balance is too low|Prompt is too long)\b(?=\.?$| ·)/i,
  /^(Claude )?(AI )?usage limit reached\b/i,
  /^You've (hit|reached) your [\w ]{0,30}limit\b/i,
  /^There's an issue with the selected model \(/i,
];

/** What no error of a program says, but a text about one does. */
const explains =
  /```|\n\s*\n|\b(means|indicates|refers to|is (returned|raised|thrown|shown|an?)|occurs|happens|usually|typically)\b/i;

/**
 * The error that stands alone where an answer should, as programs print it with exit code 0; undefined for an
 * answer, one about errors included.
 */
export function errorToldAsAnswer(answer: string): CliError | undefined {
  const text = answer.trim();
  if (text.length > maxLength || !openings.some((opening) => opening.test(text))) return undefined;
  if (explains.test(text)) return undefined;
  const status = /^\[?API Error: ?(?:got status:? ?)?(\d{3})\b/i.exec(text)?.[1];
  return { message: text, status: status === undefined ? undefined : Number(status) };
}
