import type { OrchestratorResult } from '../domain/result.ts';
import { toJson } from '../report/json.ts';
import { plainAnswer } from '../report/plain-answer.ts';
import { safeLine } from '../report/safe-text.ts';
import { renderAnswer } from '../report/text.ts';
import type { CommandIo } from './command-io.ts';
import { isLive, lookOf } from './look.ts';
import { summaryLines } from './summary-lines.ts';

/** Whether a run came to an answer that is shown; what a cancelled one had by then is only in its JSON. */
export function hasAnswer({ metadata }: OrchestratorResult): boolean {
  return metadata.chosen !== null && metadata.status !== 'cancelled';
}

/** Writes the answer or the JSON to stdout, and what a program would not see in it to stderr. */
export function showResult(result: OrchestratorResult, json: boolean, io: CommandIo): void {
  const { env, stderr, stdout } = io;
  if (!json && hasAnswer(result) && stdout.isTTY) {
    // On a terminal the answer comes with who failed and whether to look closer.
    const gap = isLive(stderr, env) ? '\n' : '';
    stdout.write(gap + renderAnswer(result, lookOf(stdout, env)));
    return;
  }
  if (json) stdout.write(`${toJson(result)}\n`);
  else if (hasAnswer(result)) stdout.write(plainAnswer(result));
  for (const line of summaryLines(result)) stderr.write(`${safeLine(line)}\n`);
}
