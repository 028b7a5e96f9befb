import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OrchestratorError } from '../domain/mistake.ts';
import { findProgram } from '../lib/find-program.ts';
import { type ProcessEnd, runProcess } from '../lib/run-process.ts';

/** A Redis or Valkey that ends with this process. */
export interface StartedRedis extends AsyncDisposable {
  readonly url: string;
}

/** Where to start it. */
export interface RedisPlace {
  readonly port: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const programs = ['redis-server', 'valkey-server'] as const;

/**
 * Starts a Redis or Valkey that only this machine can reach, without a password and with data that are gone with it:
 * for development. Rejects with `bad-engine` where there is none, or the port is taken.
 */
export async function startRedis({ port, env }: RedisPlace): Promise<StartedRedis> {
  const found = await Promise.all(programs.map((name) => findProgram(name, env)));
  const program = found.find((path) => path !== null);
  if (!program) throw notStarted(port, `${programs.join(' and ')} are not on PATH`);
  const folder = await mkdtemp(join(tmpdir(), 'orchestrator-redis-'));
  const [ready, ending] = [Promise.withResolvers<void>(), new AbortController()];
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const ended = runProcess({
    command: [program, ...args],
    env: { PATH: env['PATH'] },
    cwd: folder,
    input: '',
    folder,
    signal: ending.signal,
    heldBytes: () => 0,
    onText: (text) => {
      if (text.includes('eady to accept connections')) ready.resolve();
    },
  });
  const removed = ended.finally(() => rm(folder, { recursive: true, force: true }));
  const failed = await Promise.race([ready.promise, removed]);
  if (failed) throw notStarted(port, reasonOf(failed));
  return {
    url: `redis://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await removed;
    },
  };
}

function reasonOf(end: ProcessEnd): string {
  return end.status === 'not-started'
    ? end.message
    : 'it ended at once, as where the port is taken';
}

function notStarted(port: number, because: string): OrchestratorError {
  return new OrchestratorError('bad-engine', `Cannot start Redis on port ${port}: ${because}`, {
    hint: 'Install redis-server or valkey-server, or name another port: --start-redis 6380',
  });
}
