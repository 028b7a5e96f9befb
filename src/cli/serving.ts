import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../app/app.ts';
import { demoSettings } from '../app/demo.ts';
import { realClock } from '../app/real-clock.ts';
import { builtInSettings } from '../config/defaults.ts';
import { exitStatus } from '../domain/mistake.ts';
import type { RunObserver } from '../domain/run-observer.ts';
import { packageFile } from '../lib/package-file.ts';
import type { RunningServer, ServerOptions } from '../serve/start-server.ts';
import type { LogLevel } from '../telemetry/log-level.ts';
import type { CommandIo } from './command-io.ts';
import { exporting } from './exporting.ts';
import { openCliApp } from './open-cli-app.ts';
import { packageVersion } from './package-version.ts';
import { type EndingSignals, untilSignal } from './until-signal.ts';

/** What is served, and how. */
export interface Serving
  extends Pick<ServerOptions, 'host' | 'port' | 'allowHosts' | 'rate' | 'streams'> {
  /** What the command line says about settings; undefined plays recordings and keeps nothing. */
  readonly settings: Parameters<typeof openCliApp>[0] | undefined;
  readonly logLevel: LogLevel;
  /** Seconds that runs have to end after a signal. */
  readonly graceSeconds: number;
  /** Is told once the server answers. */
  readonly onListening: (server: RunningServer) => Promise<void> | void;
}

/** Serves until a signal; gives the exit status. */
export async function serveUntilEnded(serving: Serving, io: CommandIo): Promise<number> {
  const { settings, logLevel, host, port, allowHosts, rate, streams } = serving;
  const [{ startServer }, { watching }] = await Promise.all([
    import('../serve/start-server.ts'),
    import('./watching.ts'),
  ]);
  const watch = watching(logLevel, io);
  await using opened = settings
    ? openedApp(await openCliApp(settings, io, { observers: watch.observers, isServer: true }))
    : await openDemo(io, watch.observers);
  const { app } = opened;
  watch.attach(app);
  // A server that could not show what it ran would be of no use.
  await app.history();
  const { prometheus, onRequest, onDefect } = watch;
  const token = io.env['ORCHESTRATOR_TOKEN'] || undefined;
  const own = { version: packageVersion(), page: packageFile('dist/page') };
  const place = { host, port, allowHosts, rate, streams, token, ...own };
  const told = { prometheus, onRequest, onDefect };
  const server = await startServer({ app, clock: realClock }, { ...place, ...told });
  // Whoever reads the address may end the server at once.
  using ending = untilSignal();
  await serving.onListening(server);
  await ending.first;
  await closeWithin(serving.graceSeconds, { server, ending, io });
  return exitStatus.ok;
}

interface Closing {
  readonly server: RunningServer;
  readonly ending: EndingSignals;
  readonly io: CommandIo;
}

async function closeWithin(
  graceSeconds: number,
  { server, ending, io: { stderr } }: Closing,
): Promise<void> {
  const runs = server.hub.count();
  if (runs > 0) {
    stderr.write(`Ending: ${runs} runs have ${graceSeconds} seconds; a second signal ends them\n`);
  }
  const late = AbortSignal.any([AbortSignal.timeout(graceSeconds * 1000), ending.second]);
  await server.close(late);
}

interface OpenedApp extends AsyncDisposable {
  readonly app: App;
}

function openedApp(app: App): OpenedApp {
  return { app, [Symbol.asyncDispose]: () => app.close() };
}

async function openDemo(io: CommandIo, observers: readonly RunObserver[]): Promise<OpenedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'orchestrator-demo-'));
  const settings = demoSettings(builtInSettings);
  const history = { keep: true, path: join(folder, 'history.db'), retentionDays: undefined };
  const tools = { env: io.env, observers, isServer: true };
  const app = await exporting(openApp({ ...settings, history }, tools), io);
  return {
    app,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
