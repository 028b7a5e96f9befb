import { confinedRound } from '../confined-round.ts';
import type { Round, RoundJob } from '../round.ts';
import type { Missing, Toolchain, ToolchainPlace } from '../toolchain.ts';
import { findPython, type Python, pythonMin } from './find-python.ts';
import { forkPolicy } from './fork-policy.ts';
import { forkRound } from './fork-round.ts';
import { ForkServer } from './fork-server.ts';
import { onceCommand, serverCommand } from './python-command.ts';

/** Jobs after which a server is replaced, so that nothing gathers in it. */
const jobsMax = 1000;

/** Runs Python: each process a fork of a warm interpreter where forks can be confined, else one of its own. */
export function python(place: ToolchainPlace): Toolchain {
  return new PythonToolchain(place);
}

class PythonToolchain implements Toolchain {
  readonly #place: ToolchainPlace;
  readonly #idle: ForkServer[] = [];
  #found: Promise<Python | undefined> | undefined;

  constructor(place: ToolchainPlace) {
    this.#place = place;
  }

  async missing(): Promise<Missing | undefined> {
    if (await this.#find()) return undefined;
    return {
      because: `no Python ${pythonMin} or later on PATH`,
      remedy: 'Install Python 3 and put it on PATH',
    };
  }

  async run(job: RoundJob, signal: AbortSignal): Promise<Round | undefined> {
    const found = await this.#find();
    if (!found) return failed('there is no Python');
    const { sandbox, limits } = this.#place;
    if (!forkPolicy(sandbox, limits.memoryMiB)) {
      const command = onceCommand(found, limits);
      return confinedRound({ sandbox, command, limits, job }, signal);
    }
    const first = await this.#runInFork(found, job, signal);
    if (signal.aborted) return undefined;
    if (!(first instanceof Error)) return first;
    // A server can be lost for reasons that lie outside the job, such as a machine without memory.
    const second = await this.#runInFork(found, job, signal);
    if (signal.aborted) return undefined;
    return second instanceof Error ? failed(second.message) : second;
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((server) => server.close()));
  }

  #find(): Promise<Python | undefined> {
    this.#found ??= findPython(this.#place.env);
    return this.#found;
  }

  async #runInFork(found: Python, job: RoundJob, signal: AbortSignal): Promise<Round | Error> {
    try {
      const server = this.#idle.pop() ?? (await this.#start(found));
      try {
        return await forkRound({ server, job, limits: this.#place.limits }, signal);
      } finally {
        if (server.isLost || server.jobs >= jobsMax) await server.close();
        else this.#idle.push(server);
      }
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error), { cause: error });
    }
  }

  #start(found: Python): Promise<ForkServer> {
    const { sandbox, limits } = this.#place;
    const policy = forkPolicy(sandbox, limits.memoryMiB);
    return ForkServer.start({ sandbox, command: serverCommand(found, limits), policy });
  }
}

function failed(because: string): Round {
  const end = { status: 'failed', because } as const;
  return { hasLoaded: false, observations: [], end, cpuMs: 0, wallMs: 0 };
}
