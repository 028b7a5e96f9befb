import { findPython } from '../../sandbox/toolchains/find-python.ts';
import type { Toolchain } from '../../sandbox/toolchains/toolchain.ts';
import { confinedRound } from '../confined-round.ts';
import type { Language, LanguagePlace, Missing } from '../language.ts';
import type { Round, RoundJob } from '../round.ts';
import { type ForkPolicy, forkPolicy } from './fork-policy.ts';
import { forkRound } from './fork-round.ts';
import { ForkServer } from './fork-server.ts';
import { onceCommand, serverCommand } from './python-command.ts';

/** Jobs after which a server is replaced, so that nothing gathers in it. */
const jobsMax = 1000;

/** The oldest version that runs the drivers. */
const versionMin = [3, 8] as const;

/** Runs Python: each process a fork of a warm interpreter where forks can be confined, else one of its own. */
export function python(place: LanguagePlace): Language {
  return new Python(place);
}

class Python implements Language {
  readonly #place: LanguagePlace;
  readonly #idle: ForkServer[] = [];
  readonly #closed = new AbortController();
  /** How forks are confined; undefined where they cannot be. */
  readonly #policy: ForkPolicy | undefined;
  #found: Promise<Toolchain | undefined> | undefined;

  constructor(place: LanguagePlace) {
    this.#place = place;
    this.#policy = forkPolicy(place.sandbox, place.limits.memoryMiB);
  }

  async missing(): Promise<Missing | undefined> {
    if (await this.#find()) return undefined;
    return {
      because: `no Python ${versionMin.join('.')} or later on PATH`,
      remedy: 'Install Python 3 and put it on PATH',
    };
  }

  async run(job: RoundJob, signal: AbortSignal): Promise<Round | undefined> {
    const found = await this.#find();
    if (!found) return failed('there is no Python');
    const { sandbox, limits } = this.#place;
    if (!this.#policy) {
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
    this.#closed.abort();
    await Promise.all(this.#idle.splice(0).map((server) => server.close()));
  }

  #find(): Promise<Toolchain | undefined> {
    this.#found ??= findPython(this.#place.env).then((found) =>
      isOldOrNone(found) ? undefined : found,
    );
    return this.#found;
  }

  async #runInFork(found: Toolchain, job: RoundJob, signal: AbortSignal): Promise<Round | Error> {
    try {
      const server = this.#idle.pop() ?? (await this.#start(found));
      try {
        return await forkRound({ server, job, limits: this.#place.limits }, signal);
      } finally {
        if (this.#isDone(server)) await server.close();
        else this.#idle.push(server);
      }
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error), { cause: error });
    }
  }

  #isDone({ isLost, jobs }: ForkServer): boolean {
    return this.#closed.signal.aborted || isLost || jobs >= jobsMax;
  }

  #start(found: Toolchain): Promise<ForkServer> {
    const { sandbox, limits } = this.#place;
    const command = serverCommand(found, limits);
    return ForkServer.start({ sandbox, command, policy: this.#policy });
  }
}

function isOldOrNone(found: Toolchain | undefined): boolean {
  const [major = 0, minor = 0] = (found?.version ?? '0').split('.').map(Number);
  return major < versionMin[0] || (major === versionMin[0] && minor < versionMin[1]);
}

function failed(because: string): Round {
  const end = { status: 'failed', because } as const;
  return { hasLoaded: false, observations: [], end, cpuMs: 0, wallMs: 0 };
}
