import type { Observation } from '../domain/executor.ts';
import type { Call } from '../domain/test-case.ts';
import type { ExecutionLimits } from './execution-limits.ts';
import type { Round } from './round.ts';

/** What a round is asked for. */
export interface RoundRequest {
  readonly calls: readonly Call[];
  readonly cpuLeftMs: number;
  /** With no other program running beside it. */
  readonly alone: boolean;
}

/** Makes calls in one process; resolves to undefined when it was cancelled. */
export type RunRound = (request: RoundRequest) => Promise<Round | undefined>;

/**
 * Makes all calls on a program, in as many processes as it takes: a process that a call ended is followed by
 * one for the later calls. A call is blamed for the end of a process when it was the first in it, since
 * otherwise earlier calls may have used up its time or memory; when it was not, it is made once more.
 */
export async function observeInRounds(
  calls: readonly Call[],
  run: RunRound,
  limits: ExecutionLimits,
): Promise<readonly Observation[]> {
  const tally = new Tally(calls, limits);
  while (tally.notRunBecause === undefined && tally.next.length > 0) {
    const { next, cpuLeftMs, alone } = tally;
    const round = await run({ calls: next, cpuLeftMs, alone });
    if (round) tally.add(round);
    else tally.stop('it was cancelled');
  }
  return tally.observations;
}

/** The observations so far, and what of the job's limits is left. */
class Tally {
  readonly #calls: readonly Call[];
  readonly #limits: ExecutionLimits;
  readonly #seen: Observation[] = [];
  #cpuMs = 0;
  #wallMs = 0;
  #timeouts = 0;
  /** Whether the next call timed out on a machine that may have been busy. */
  alone = false;
  /** Why the calls that are left are not made. */
  notRunBecause: string | undefined;

  constructor(calls: readonly Call[], limits: ExecutionLimits) {
    this.#calls = calls;
    this.#limits = limits;
  }

  /** The calls of the next process: a run of the whole program has a process of its own. */
  get next(): readonly Call[] {
    const left = this.#calls.slice(this.#seen.length);
    const whole = left.findIndex(({ kind }) => kind === 'program');
    if (whole === -1) return left;
    return left.slice(0, Math.max(1, whole));
  }

  get cpuLeftMs(): number {
    return this.#limits.jobCpuMs - this.#cpuMs;
  }

  get observations(): readonly Observation[] {
    const because = this.notRunBecause ?? '';
    return this.#calls.map((_, index) => this.#seen[index] ?? { kind: 'not-run', because });
  }

  stop(because: string): void {
    this.notRunBecause ??= because;
  }

  add(round: Round): void {
    const wasAlone = this.alone;
    this.alone = false;
    this.#cpuMs += round.cpuMs;
    this.#wallMs += round.wallMs;
    this.#seen.push(...round.observations);
    this.#judge(round, wasAlone);
    if (this.cpuLeftMs <= 0) this.stop(spent('processor time', this.#limits.jobCpuMs));
    if (this.#wallMs > this.#limits.jobWallMs) this.stop(spent('time', this.#limits.jobWallMs));
  }

  #judge(round: Round, wasAlone: boolean): void {
    const { end } = round;
    switch (end.status) {
      case 'failed':
        this.stop(end.because);
        break;
      case 'spent':
        this.stop(spent('processor time', this.#limits.jobCpuMs));
        break;
      case 'broken':
        this.#fillWith(end.observation);
        break;
      case 'done':
        this.#settle(isFirst(round), { kind: 'crashed', how: 'exit 0' });
        break;
      case 'crashed':
        this.#blame(round, { kind: 'crashed', how: end.how });
        break;
      case 'timed-out':
        if (end.by === 'wall' && !wasAlone) this.alone = true;
        else this.#blame(round, { kind: 'timed-out', limitMs: end.limitMs });
    }
  }

  #blame(round: Round, observation: Observation): void {
    const isExact = round.end.status === 'timed-out' && round.end.isExact;
    if (round.hasLoaded) this.#settle(isExact || isFirst(round), observation);
    else this.#fillWith(observation);
    if (observation.kind === 'timed-out' && this.#seen.at(-1) === observation) this.#countTimeout();
  }

  /** Takes it for what became of the call in progress, if there is one that can be blamed. */
  #settle(isBlamed: boolean, observation: Observation): void {
    if (isBlamed && this.#seen.length < this.#calls.length) this.#seen.push(observation);
  }

  /** A program that cannot be loaded does the same on every call. */
  #fillWith(observation: Observation): void {
    while (this.#seen.length < this.#calls.length) this.#seen.push(observation);
  }

  #countTimeout(): void {
    this.#timeouts += 1;
    if (this.#timeouts >= this.#limits.timeoutsMax) {
      this.stop(`the program had timed out on ${this.#timeouts} calls`);
    }
  }
}

/** Whether the call in progress was the first in its process. */
function isFirst({ observations }: Round): boolean {
  return observations.length === 0;
}

function spent(what: string, limitMs: number): string {
  return `the program had used up ${limitMs / 1000} s of ${what}`;
}
