import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type App, openApp } from '../../app/app.ts';
import { demoSettings } from '../../app/demo.ts';
import { realClock } from '../../app/real-clock.ts';
import { builtInSettings } from '../../config/defaults.ts';
import { exitStatus, OrchestratorError } from '../../domain/mistake.ts';
import type { RunningServer } from '../../serve/start-server.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { openCliApp } from '../open-cli-app.ts';
import { packageVersion } from '../package-version.ts';
import type { CommandCall } from '../parse.ts';
import {
  declareConfigOption,
  declareHistoryFile,
  declareLimitOptions,
  declareSandboxOption,
} from '../run-options.ts';
import { untilSignal } from '../until-signal.ts';

/** Serves the page and the API: `orchestrator serve`. */
export const serveCommand: CliCommand = { declare, run };

/** The port where nothing else is said. */
const usualPort = 7377;

/** Seconds that runs have to end after a signal. */
const usualGraceSeconds = 10;

interface Options {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: readonly string[];
  readonly grace: number;
  readonly demo?: true;
}

function declare(command: Command): void {
  command
    .description('Serves the page and the API on this machine until it is ended.')
    .option('-p, --port <port>', 'the port; 0 for any that is free', portValue, usualPort)
    .option('--host <address>', 'the address; beyond this machine a token is needed', '127.0.0.1')
    .option('--allow-host <names...>', 'further names under which it may be asked')
    .option(
      '--grace <seconds>',
      'how long runs have to end after a signal',
      graceValue,
      usualGraceSeconds,
    )
    .option('--demo', 'answer with recordings, asking nobody and keeping nothing');
  declareHistoryFile(command);
  declareSandboxOption(command);
  declareLimitOptions(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const { port, host, allowHost = [], grace, demo } = command.opts<Options>();
  await using opened = demo ? await openDemo(io) : await openKept(command, io);
  const { app } = opened;
  // A server that could not show what it ran would be of no use.
  await app.history();
  const { startServer } = await import('../../serve/start-server.ts');
  const server = await startServer(
    { app, clock: realClock },
    {
      host,
      port,
      allowHosts: allowHost,
      token: io.env['ORCHESTRATOR_TOKEN'] || undefined,
      version: packageVersion(),
    },
  );
  io.stdout.write(`Listening on ${server.url}\n`);
  return serveUntilSignal(server, grace, io);
}

async function serveUntilSignal(
  server: RunningServer,
  graceSeconds: number,
  { stderr }: CommandIo,
): Promise<number> {
  using ending = untilSignal();
  await ending.first;
  const runs = server.hub.count();
  if (runs > 0) {
    stderr.write(`Ending: ${runs} runs have ${graceSeconds} seconds; a second signal ends them\n`);
  }
  const late = AbortSignal.any([AbortSignal.timeout(graceSeconds * 1000), ending.second]);
  await server.close(late);
  return exitStatus.ok;
}

interface OpenedApp extends AsyncDisposable {
  readonly app: App;
}

async function openKept(command: Command, io: CommandIo): Promise<OpenedApp> {
  const app = await openCliApp(command.opts(), io, { sharesLooks: true });
  return { app, [Symbol.asyncDispose]: () => app.close() };
}

async function openDemo(io: CommandIo): Promise<OpenedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'orchestrator-demo-'));
  const settings = demoSettings(builtInSettings);
  const history = { keep: true, path: join(folder, 'history.db'), retentionDays: undefined };
  const app = openApp({ ...settings, history }, { env: io.env });
  return {
    app,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function portValue(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --port "${text}": wanted a whole number from 0 to 65535`,
  );
}

function graceValue(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= 3600) return seconds;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --grace "${text}": wanted seconds, from 0 to 3600`,
  );
}
