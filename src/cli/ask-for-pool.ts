import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { askPool } from '../app/ask-pool.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { failureText } from '../report/failure-text.ts';
import { safeLine } from '../report/safe-text.ts';
import type { BenchCliOptions } from './bench-options.ts';
import type { CommandIo } from './command-io.ts';
import { openCliApp } from './open-cli-app.ts';
import { appendLine } from './write-text.ts';

/** Where asking happens. */
export interface AskPlace {
  readonly io: CommandIo;
  readonly signal: AbortSignal;
}

/**
 * Asks the models the tasks of a file and gives the path of the pool that holds the answers. What the pool holds
 * already is not asked again. Throws `bad-usage` without `--save`, so that no paid answer is lost.
 */
export async function askForPool(
  paths: readonly string[],
  { save, models, limit, config }: BenchCliOptions,
  { io, signal }: AskPlace,
): Promise<string> {
  if (save === undefined) {
    throw new OrchestratorError(
      'bad-usage',
      'Cannot use --ask without --save FILE, where the answers are kept',
    );
  }
  const kept = resolve(io.cwd, save);
  const { settings } = await openCliApp({ ...(config !== undefined && { config }) }, io);
  const { asked, answered, known } = await askPool(
    { pools: paths, kept: existsSync(kept) ? kept : undefined, models, limit },
    {
      settings,
      env: io.env,
      signal,
      keep: (line) => appendLine(kept, line),
      onFailure: (model, taskId, failure) => {
        const line = `${model} gave no answer to ${taskId}: ${failureText(failure)}`;
        io.stderr.write(`${safeLine(line)}\n`);
      },
    },
  );
  io.stderr.write(`Asked ${asked} times, ${answered} answers; ${known} were there before\n`);
  return kept;
}
