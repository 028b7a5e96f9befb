import type { Command } from 'commander';
import { OrchestratorError } from '../../domain/mistake.ts';
import type { CliCommand } from '../cli-command.ts';
import { logLevelValue, numberValue } from '../option-values.ts';
import type { CommandCall } from '../parse.ts';
import {
  declareConfigOption,
  declareHistoryFile,
  declareLimitOptions,
  declareSandboxOption,
  type LogOptions,
} from '../run-options.ts';
import { serveUntilEnded } from '../serving.ts';
import { usualPort } from '../usual-port.ts';

/** Serves the page and the API: `orchestrator serve`. */
export const serveCommand: CliCommand = { declare, run };

/** Seconds that runs have to end after a signal. */
const usualGraceSeconds = 10;

/** A page that is open asks some times a second at most. */
const usualRate = 1200;

const usualStreams = 500;

interface Options extends LogOptions {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly grace: number;
  readonly demo?: true;
  readonly rate: number;
  readonly streams: number;
}

function declare(command: Command): void {
  command
    .description('Serves the page and the API on this machine until it is ended.')
    .option(
      '-p, --port <port>',
      'the port; 0 for any that is free',
      numberValue('--port', 0, 65_535),
      usualPort,
    )
    .option('--host <address>', 'the address; beyond this machine a token is needed', '127.0.0.1')
    .option('--allow-host <names...>', 'further names under which it may be asked')
    .option(
      '--grace <seconds>',
      'how long runs have to end after a signal',
      graceValue,
      usualGraceSeconds,
    )
    .option(
      '--rate <count>',
      'requests a minute for each token',
      numberValue('--rate', 1, 1_000_000),
      usualRate,
    )
    .option(
      '--streams <count>',
      'event streams at once',
      numberValue('--streams', 1, 100_000),
      usualStreams,
    )
    .option(
      '--log-level <level>',
      'log on stderr: silent, info or debug; info when left out',
      logLevelValue,
    )
    .option('--demo', 'answer with recordings, asking nobody and keeping nothing');
  declareHistoryFile(command);
  declareSandboxOption(command);
  declareLimitOptions(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const options = command.opts<Options>();
  const { allowHost = [], demo, grace, logLevel = 'info', ...place } = options;
  if (demo) refuseUnheeded(command);
  return serveUntilEnded(
    {
      ...place,
      allowHosts: allowHost,
      settings: demo ? undefined : command.opts(),
      logLevel,
      graceSeconds: grace,
      onListening: ({ url, hasPage }) => {
        if (!hasPage) io.stderr.write(notBuilt);
        io.stdout.write(`Listening on ${url}\n`);
      },
    },
    io,
  );
}

/** A demo has settings of its own. */
function refuseUnheeded(command: Command): void {
  const unheeded = ['history', 'sandbox', 'timeout', 'retries', 'config'];
  const given = command.options.find(
    (option) =>
      unheeded.includes(option.attributeName()) &&
      command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (!given) return;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use ${given.long} with --demo: it answers with recordings and keeps nothing`,
    { hint: 'Leave one of the two out' },
  );
}

const notBuilt =
  'Cannot show the page: it is not built; "npm run build" builds it. The API is served\n';

function graceValue(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= 3600) return seconds;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --grace "${text}": wanted seconds, from 0 to 3600`,
  );
}
