import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** How a server is started, and how it tells that it is there. */
export interface GuardedServer {
  /** What it is called in messages. */
  readonly name: string;
  readonly command: readonly string[];
  /** Where it tells what it does. */
  readonly tellsOn: 'stdout' | 'stderr';
  /** What a line of that has when it takes connections. */
  readonly ready: string;
  /** What ends it at once. */
  readonly signal: 'SIGKILL' | 'SIGQUIT';
  /** What the kernel sends it when the tests are killed. */
  readonly signalOfDeath: 'KILL' | 'INT';
  readonly identity?: Pick<SpawnOptions, 'uid' | 'gid' | 'env'>;
}

/** Starts a server; resolves when it takes connections. */
export async function startGuarded(server: GuardedServer): Promise<ChildProcess> {
  const { name, tellsOn, ready, signalOfDeath, identity } = server;
  // A test run that is killed leaves no server behind, where the kernel can see to it.
  const isGuarded = existsSync('/usr/bin/setpriv');
  const guard = isGuarded ? ['/usr/bin/setpriv', '--pdeathsig', signalOfDeath] : [];
  const [program = '', ...args] = [...guard, ...server.command];
  const stdio = tellsOn === 'stdout' ? 'inherit' : 'ignore';
  const child = spawn(program, args, {
    ...identity,
    cwd: '/',
    stdio: tellsOn === 'stdout' ? ['ignore', 'pipe', stdio] : ['ignore', stdio, 'pipe'],
  });
  const stream = child[tellsOn];
  if (!stream) throw new Error(`Cannot start ${name}: it has no ${tellsOn}`);
  const said: string[] = [];
  for await (const line of createInterface(stream)) {
    said.push(line);
    if (line.includes(ready)) {
      stream.resume();
      return child;
    }
  }
  throw new Error(`Cannot start ${name}: it says\n${said.join('\n')}`);
}

/** Ends a server at once; resolves when it has ended. */
export async function endGuarded(child: ChildProcess, { signal }: GuardedServer): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
