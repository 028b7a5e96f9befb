import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type App, openApp } from '../src/app/app.ts';
import { realClock } from '../src/app/real-clock.ts';
import { builtInSettings } from '../src/config/defaults.ts';
import type { Clock } from '../src/domain/clock.ts';
import type { Runner } from '../src/domain/runner.ts';
import { type RunningServer, type ServerOptions, startServer } from '../src/serve/start-server.ts';
import { answers, type Script, scriptedRunner } from '../src/testing/scripted-runner.ts';

/** A server in this process whose tasks go to one model. */
export interface Served extends AsyncDisposable {
  readonly app: App;
  readonly server: RunningServer;
  readonly url: string;
  readonly port: number;
  /** Begins a run and gives its id. */
  begin(): Promise<string>;
  /** The status of a request for the models: whether it still serves. */
  status(headers?: Readonly<Record<string, string>>): Promise<number>;
}

/** An answer with code that is not run. */
export const codeAnswer: Parameters<typeof answers>[0] =
  '```ruby\ndef add(a, b)\n  a + b\nend\n```';

/** Serves a model `a` that follows a script, or is given. */
export async function served(
  model: Script | Runner = [answers(codeAnswer)],
  { clock = realClock, ...options }: Partial<ServerOptions> & { readonly clock?: Clock } = {},
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'served-'));
  const runner = 'ask' in model ? model : scriptedRunner('a', model);
  const settings = {
    ...builtInSettings,
    runners: {},
    categories: [{ name: 'general', keywords: [], primaries: ['a'], validators: [] }],
    history: { keep: true, path: join(folder, 'h.db'), retentionDays: undefined },
    limits: { ...builtInSettings.limits, retries: 0 },
    sandbox: 'none' as const,
  };
  const app = openApp(settings, { env: {}, runners: { a: runner } });
  const server = await startServer(
    { app, clock },
    { host: '127.0.0.1', port: 0, token: undefined, allowHosts: [], version: '0', ...options },
  );
  const { url } = server;
  return {
    app,
    server,
    url,
    port: Number(new URL(url).port),
    begin: async () => {
      const started = await fetch(`${url}/api/runs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ task: 'Write add', models: ['a'], merge: 'never' }),
      });
      const { id } = (await started.json()) as { readonly id: string };
      return id;
    },
    status: async (headers = {}) => (await sent(`${url}/api/models`, { headers })).status,
    [Symbol.asyncDispose]: async () => {
      await server.close(AbortSignal.abort());
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A response that was read to its end. */
export interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What to send, with any header at all. */
export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request with headers that `fetch` would not set. */
export function sent(url: string, { method = 'GET', headers, body }: Sending = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (response) => {
      const { statusCode: status = 0, headers: given } = response;
      text(response).then((read) => resolve({ status, headers: given, body: read }), reject);
    })
      .on('error', reject)
      .end(body);
  });
}
