import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findOrInstall, type ServerProgram } from './find-or-install.ts';
import { freePort } from './free-port.ts';

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
  const start = (): Promise<ChildProcess> => startServer([program.path, ...args]);
  let child = await start();
  return {
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`,
    stop: () => end(child),
    start: async () => {
      child = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await end(child);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Resolves when the server takes connections. */
async function startServer(command: readonly string[]): Promise<ChildProcess> {
  // A test run that is killed leaves no server behind, where the kernel can see to it.
  const isGuarded = existsSync('/usr/bin/setpriv');
  const [program = '', ...args] = isGuarded
    ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', ...command]
    : command;
  const child = spawn(program, args, { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (line.includes('eady to accept connections')) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`Cannot start Redis: it says\n${said.join('\n')}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
