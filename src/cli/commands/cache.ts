import type { Command } from 'commander';
import { cacheOf } from '../../app/open-cache.ts';
import { realClock } from '../../app/real-clock.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import { jsonText } from '../../report/json.ts';
import { safeLine } from '../../report/safe-text.ts';
import type { CliCommand } from '../cli-command.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { declareConfigOption } from '../run-options.ts';

/** Shows and empties the cache of answers: `orchestrator cache`. */
export const cacheCommand: CliCommand = { declare, run };

/** Milliseconds of a day, and bytes of a mebibyte. */
const dayMs = 86_400_000;
const mebibyte = 1_048_576;

function declare(command: Command): void {
  command
    .description('Shows what is kept of answers to be given again. Asks nobody.')
    .argument('[clear]', 'clear removes all of it')
    .option('--json', 'print it as one JSON object');
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const [word] = command.args;
  if (word !== undefined && word !== 'clear') {
    throw new OrchestratorError('bad-usage', `Cannot use "${word}": wanted clear, or nothing`);
  }
  const { json } = command.opts<{ readonly json?: true }>();
  const { settings } = await openCliApp(command.opts(), io);
  const cache = cacheOf(settings, { env: io.env, clock: realClock });
  if (word === 'clear') {
    const removed = await cache.clear();
    io.stderr.write(`Removed ${removed} ${removed === 1 ? 'answer' : 'answers'}\n`);
    return exitStatus.ok;
  }
  const { folder, entries, bytes } = await cache.facts();
  const { use, maxAgeMs, maxBytes } = settings.cache;
  const maxAgeDays = maxAgeMs / dayMs;
  if (json) {
    const limits = { max_age_days: maxAgeDays, max_bytes: maxBytes };
    io.stdout.write(`${jsonText({ use, folder, entries, bytes, ...limits })}\n`);
    return exitStatus.ok;
  }
  const size = `${(bytes / mebibyte).toFixed(1)} of ${(maxBytes / mebibyte).toFixed(0)} MiB`;
  const lines = [
    `${entries} ${entries === 1 ? 'answer' : 'answers'}, ${size}, for ${maxAgeDays} days at most`,
    folder,
    use ? 'It is used' : 'It is not used without --cache',
  ];
  io.stdout.write(`${lines.map(safeLine).join('\n')}\n`);
  return exitStatus.ok;
}
