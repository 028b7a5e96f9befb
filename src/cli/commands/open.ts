import type { Command } from 'commander';
import { lastRun } from '../../app/find-run.ts';
import { exitStatus } from '../../domain/mistake.ts';
import type { CliCommand } from '../cli-command.ts';
import type { CommandIo } from '../command-io.ts';
import { openBrowser } from '../open-browser.ts';
import { openCliApp } from '../open-cli-app.ts';
import type { CommandCall } from '../parse.ts';
import { runNamed } from '../run-named.ts';
import { declareConfigOption, declareHistoryFile } from '../run-options.ts';
import { runningServer, servesPage } from '../running-server.ts';
import { serveUntilEnded } from '../serving.ts';
import { usualPort } from '../usual-port.ts';

/** Opens the page on a run: `orchestrator open RUN`. */
export const openCommand: CliCommand = { declare, run };

/** Seconds that runs have to end after a signal. */
const graceSeconds = 10;

interface Options {
  /** False with `--no-browser`. */
  readonly browser: boolean;
  readonly last?: true;
}

function declare(command: Command): void {
  command
    .description(
      'Opens the page in the browser, on a run where one is named. Uses the server that runs here, or serves until it is ended.',
    )
    .argument('[run]', 'its id, or how the id begins')
    .option('--last', 'the last run')
    .option('--no-browser', 'print the address alone');
  declareHistoryFile(command);
  declareConfigOption(command);
}

async function run(command: Command, { io }: CommandCall): Promise<number> {
  const options = command.opts<Options>();
  const id = await namedRun(command, io);
  const path = id === undefined ? '/' : `/runs/${id}`;
  const found = await runningServer(`http://127.0.0.1:${usualPort}`);
  if (found && (id === undefined || (await found.has(id)))) {
    await show(found.url, { path, options, io });
    return exitStatus.ok;
  }
  return serveUntilEnded(
    {
      host: '127.0.0.1',
      port: 0,
      allowHosts: [],
      settings: command.opts(),
      logLevel: 'silent',
      graceSeconds,
      onListening: ({ url }) => show(url, { path, options, io }),
    },
    io,
  );
}

async function namedRun(command: Command, io: CommandIo): Promise<string | undefined> {
  const [text] = command.args;
  const { last } = command.opts<Options>();
  if (text === undefined && !last) return undefined;
  const app = await openCliApp(command.opts(), io);
  const store = await app.history();
  const id = text === undefined ? await lastRun(store) : await runNamed(store, text);
  await app.close();
  return id;
}

interface Showing {
  readonly path: string;
  readonly options: Options;
  readonly io: CommandIo;
}

async function show(url: string, { path, options, io }: Showing): Promise<void> {
  io.stdout.write(`${url}${path}\n`);
  if (!(await servesPage(url))) {
    io.stderr.write(
      `Cannot open the page: this installation has none built. The API is at ${url}/api\n`,
    );
    return;
  }
  if (!options.browser || (await openBrowser(`${url}${path}`, io.env))) return;
  io.stderr.write('Cannot start a browser: open the address above in yours\n');
}
