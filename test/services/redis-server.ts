import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrInstall, type ServerProgram } from './find-or-install.ts';
import { freePort } from './free-port.ts';
import { endGuarded, type GuardedServer, startGuarded } from './guarded-server.ts';

/** A server of Redis or Valkey with data of its own, which is gone with it. */
export interface RedisServer extends AsyncDisposable {
  /** Its address, with the password where it wants one. */
  readonly url: string;
  /** Ends the server at once, as a crash does. */
  stop(): Promise<void>;
  /** Starts it again with the data that it had. */
  start(): Promise<void>;
}

/** How a server of Redis is started. */
export interface RedisServerOptions {
  readonly password?: string;
  /** Further settings, as its configuration file has them. */
  readonly settings?: Readonly<Record<string, string>>;
}

const policy = '/usr/sbin/policy-rc.d';

/** The program of the server. */
export const redisProgram: ServerProgram = {
  names: ['redis-server', 'valkey-server'],
  folders: [],
  debian: 'redis-server',
  prepare: () => {
    // Debian's package starts a service on the usual port unless this says that it may not.
    if (existsSync(policy)) return undefined;
    writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
    return () => rmSync(policy);
  },
};

/** Starts a server on a free port of this machine; gives the reason where none is to be had. */
export async function redisServer({
  password,
  settings = {},
}: RedisServerOptions = {}): Promise<RedisServer | string> {
  const program = findOrInstall(redisProgram);
  if (program.status === 'missing') return program.because;
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const all = {
    port: `${port}`,
    bind: '127.0.0.1',
    dir: folder,
    // As in production: what was taken a second before a crash outlives it.
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    ...(password !== undefined && { requirepass: password }),
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const server: GuardedServer = {
    name: 'Redis',
    command: [program.path, ...args],
    tellsOn: 'stdout',
    ready: 'eady to accept connections',
    signal: 'SIGKILL',
    signalOfDeath: 'KILL',
  };
  let child = await startGuarded(server);
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    stop: () => endGuarded(child, server),
    start: async () => {
      child = await startGuarded(server);
    },
    [Symbol.asyncDispose]: async () => {
      await endGuarded(child, server);
      rmSync(folder, { recursive: true });
    },
  };
}
