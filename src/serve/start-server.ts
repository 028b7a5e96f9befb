import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { App } from '../app/app.ts';
import type { Clock } from '../domain/clock.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import type { Prometheus } from '../telemetry/prometheus.ts';
import { isHostName } from './guard/host-guard.ts';
import type { RequestLine } from './guard/request-teller.ts';
import { mcpHttp } from './mcp/mcp-http.ts';
import { readPage } from './page/read-page.ts';
import { routes } from './routes.ts';
import { type RunHub, runHub } from './run-hub.ts';

/** Where and for whom a server is. */
export interface ServerOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly token: string | undefined;
  /** Further names under which it may be asked. */
  readonly allowHosts: readonly string[];
  readonly version: string;
  /** Requests a minute for each token; 1200 when left out. */
  readonly rate?: number | undefined;
  /** Event streams at once; 500 when left out. */
  readonly streams?: number | undefined;
  /** In place of the usual ones. */
  readonly times?: Partial<TimeLimits> | undefined;
  /** Is told of each request; nobody is where it is left out. */
  readonly onRequest?: ((line: RequestLine) => void) | undefined;
  /** Is told of what was not expected, and of a run that could not be brought, or kept, to its end. */
  readonly onDefect?: ((error: unknown, run?: string) => void) | undefined;
  /** What `/metrics` shows; nothing is there where it is left out. */
  readonly prometheus?: Prometheus | undefined;
  /** The folder of the built page; without it, or where it is empty, there is the API alone. */
  readonly page?: string | undefined;
}

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  readonly hub: RunHub;
  /** Whether there is a page besides the API. */
  readonly hasPage: boolean;
  /** Takes no more requests, lets runs end until the signal aborts, and then leaves them to be gone on with. */
  close(signal: AbortSignal): Promise<void>;
}

/** How long a client may take, in milliseconds. */
export interface TimeLimits {
  /** To send its headers. */
  readonly headersTimeout: number;
  /** To send a whole request. */
  readonly requestTimeout: number;
  /** Between two requests on one connection: long enough that those who ask end it first. */
  readonly keepAliveTimeout: number;
  /** Between two looks at who took longer. */
  readonly connectionsCheckingInterval: number;
}

const usualTimes: TimeLimits = {
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5000,
};

/** The most connections at once; further ones are closed at once. */
const connectionsMaxCount = 4096;

/** Milliseconds in which streams can be ended when everything else has. */
const lastWordsMs = 250;

const never = new AbortController().signal;

/** The fewest characters of a token that others can guess at. */
const tokenMinLength = 16;

const loopback: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Starts a server. Rejects with `bad-usage` for an address that cannot be had, or one beyond this machine without a token. */
export async function startServer(
  { app, clock }: { readonly app: App; readonly clock: Clock },
  options: ServerOptions,
): Promise<RunningServer> {
  const { host, port, token, allowHosts, version, rate = 1200, streams = 500 } = options;
  const own = host.includes(':') ? `[${host}]` : host;
  if (!loopback.includes(own)) refuseGuessable(host, token);
  const { onRequest, onDefect, prometheus } = options;
  const nonce = randomBytes(6).toString('hex');
  const hub = runHub({ app, clock, nonce, onLost: onDefect });
  const allowed = allowHosts.map((name) => name.toLowerCase());
  refuseUnheard(allowed);
  const hosts = new Set([...loopback, own.toLowerCase(), ...allowed]);
  const mcp = mcpHttp({ app, hub, clock, version, refusal: undefined });
  const guarded = { hosts, token, rate, streams, onRequest, onDefect };
  const page = options.page === undefined ? undefined : await readPage(options.page);
  const { fetch } = routes({ app, hub, mcp, clock, version, prometheus, page, ...guarded });
  const serverOptions = { ...usualTimes, ...options.times };
  // The default kind of server is that of HTTP/1.
  const server = createAdaptorServer({ fetch, serverOptions }) as Server;
  server.maxConnections = connectionsMaxCount;
  await listening(server, host, port);
  // A server that listens on a port has an address of this kind.
  const { port: given } = server.address() as AddressInfo;
  return {
    url: `http://${own}:${given}`,
    hub,
    hasPage: page !== undefined,
    close: async (signal) => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeIdleConnections();
      await hub.close(signal);
      await mcp.close();
      // Who watches a run is told first that it is over here.
      await Promise.race([closed.promise, clock.sleep(lastWordsMs, never)]);
      server.closeAllConnections();
    },
  };
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    throw cannotListen(host, port, error);
  }
}

function cannotListen(host: string, port: number, cause: unknown): OrchestratorError {
  // Node gives these errors a code.
  const { code } = cause as NodeJS.ErrnoException;
  const why = code === 'EADDRINUSE' ? 'another program has the port' : (code ?? 'unknown error');
  return new OrchestratorError('bad-usage', `Cannot listen on ${host}, port ${port}: ${why}`, {
    cause,
    hint: 'Choose another one with --port',
  });
}

/** Refuses names under which no request would ever come. */
function refuseUnheard(names: readonly string[]): void {
  const unheard = names.find((name) => !isHostName(name));
  if (unheard === undefined) return;
  throw new OrchestratorError(
    'bad-usage',
    `Cannot use --allow-host "${unheard}": wanted a name or an address without a port, IPv6 in brackets`,
  );
}

function refuseGuessable(host: string, token: string | undefined): void {
  if (token !== undefined && token.length >= tokenMinLength) return;
  const [found, why] =
    token === undefined
      ? ['without a token', 'others could run tasks on your account']
      : [`with a token of ${token.length} characters`, 'others could guess it'];
  throw new OrchestratorError('bad-usage', `Cannot listen on ${host} ${found}: ${why}`, {
    hint: `Put a secret of your own, of at least ${tokenMinLength} characters, into ORCHESTRATOR_TOKEN, or listen on 127.0.0.1`,
  });
}
