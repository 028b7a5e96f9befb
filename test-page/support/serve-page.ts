import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../../src/app/app.ts';
import { realClock } from '../../src/app/real-clock.ts';
import { builtInSettings } from '../../src/config/defaults.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { Runner } from '../../src/domain/runner.ts';
import { type RunningServer, startServer } from '../../src/serve/start-server.ts';

/** A server of the built page, which asks the given runners. */
export interface ServedPage extends AsyncDisposable {
  readonly url: string;
  readonly app: App;
}

/** What can be different about it. */
export interface ServeOptions {
  readonly token?: string;
  readonly port?: number;
  /** The folder of its history; one of its own unless said. */
  readonly folder?: string;
}

/** Serves the built page on loopback. */
export async function servePage(
  runners: Readonly<Record<string, Runner>>,
  { token, port = 0, ...options }: ServeOptions = {},
): Promise<ServedPage> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'page-'));
  const history = { keep: true, path: join(folder, 'h.db'), retentionDays: undefined };
  const app = openApp(
    { ...builtInSettings, runners: {}, history },
    { env: readEnvironment(), runners },
  );
  const server: RunningServer = await startServer(
    { app, clock: realClock },
    {
      host: '127.0.0.1',
      port,
      token,
      allowHosts: [],
      version: '0',
      page: new URL('../../dist/page', import.meta.url).pathname,
    },
  );
  return {
    url: server.url,
    app,
    [Symbol.asyncDispose]: async () => {
      await server.close(AbortSignal.abort());
      await app.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
