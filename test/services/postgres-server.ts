import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findOrInstall, type ServerProgram } from './find-or-install.ts';
import { freePort } from './free-port.ts';
import { endGuarded, type GuardedServer, startGuarded } from './guarded-server.ts';
import { giveTo, type Identity, unprivileged } from './unprivileged.ts';

/** Where a server of PostgreSQL for tests listens, and as whom everything may be done there. */
export interface PostgresAddress {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A server of PostgreSQL with a cluster of its own, which is gone with it. */
export interface PostgresServer extends AsyncDisposable {
  readonly address: PostgresAddress;
  /** Ends the server at once, as a crash does. */
  stop(): Promise<void>;
  /** Starts it again where it was. */
  start(): Promise<void>;
}

/** How a server of PostgreSQL is started. */
export interface PostgresServerOptions {
  /** Whether commits wait for the disk; tests can do without. */
  readonly isDurable?: boolean;
}

const createCluster = '/etc/postgresql-common/createcluster.conf';

/** The program of PostgreSQL's server. */
export const postgresProgram: ServerProgram = {
  names: ['postgres'],
  // Debian has them beside each other, and none on PATH.
  folders: ['/usr/lib/postgresql/*/bin'],
  debian: 'postgresql',
  prepare: () => {
    // Debian's package makes and starts a cluster unless it is told not to.
    if (existsSync(createCluster)) return undefined;
    mkdirSync(dirname(createCluster), { recursive: true });
    writeFileSync(createCluster, 'create_main_cluster = false\n');
    return undefined;
  },
};

/** Starts a server on a free port of this machine; gives the reason where PostgreSQL is not to be had. */
export async function postgresServer({
  isDurable = false,
}: PostgresServerOptions = {}): Promise<PostgresServer | string> {
  const program = findOrInstall(postgresProgram);
  if (program.status === 'missing') return program.because;
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const identity = unprivileged();
  giveTo(identity, folder);
  const port = await freePort();
  const address = { host: '127.0.0.1', port, user: 'tester', password: 'only-for-tests' } as const;
  const data = join(folder, 'data');
  makeCluster({ initdb: join(dirname(program.path), 'initdb'), data, identity }, address);
  const settings = [
    `listen_addresses=127.0.0.1`,
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    `fsync=${isDurable ? 'on' : 'off'}`,
    'max_connections=200',
  ];
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const server: GuardedServer = {
    name: 'PostgreSQL',
    command: [program.path, ...args],
    tellsOn: 'stderr',
    ready: 'ready to accept connections',
    signal: 'SIGQUIT',
    signalOfDeath: 'INT',
    identity,
  };
  let child = await startGuarded(server);
  return {
    address,
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

interface ClusterParts {
  readonly initdb: string;
  readonly data: string;
  readonly identity: Identity;
}

function makeCluster(
  { initdb, data, identity }: ClusterParts,
  { user, password }: PostgresAddress,
): void {
  const passwordFile = join(dirname(data), 'password');
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const flags = ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C'];
  const access = ['--auth=scram-sha-256', `--pwfile=${passwordFile}`, `--username=${user}`];
  execFileSync(initdb, [...flags, ...access, '-D', data], { ...identity, cwd: '/', stdio: 'pipe' });
}
