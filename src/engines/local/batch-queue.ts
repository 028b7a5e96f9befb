import type { BatchCounts, JobEnd, RunJob } from '../../domain/engine.ts';

/** A job that nobody performs yet. */
export interface WaitingJob {
  readonly job: RunJob;
  /** The how many-th job of the engine it is. */
  readonly order: number;
}

/** A job in somebody's hands. */
export interface ActiveJob extends WaitingJob {
  readonly controller: AbortController;
}

/** The jobs of one batch, in the order of their places. */
export class BatchQueue {
  isPaused = false;
  readonly #waiting: WaitingJob[] = [];
  readonly #active = new Map<string, ActiveJob>();
  readonly #ends = new Map<string, JobEnd>();
  readonly #cancelled = new Set<string>();
  readonly #followers = new Set<(end: JobEnd) => void>();
  #submitters: (() => void)[] = [];
  readonly #counts = { done: 0, failed: 0, cancelled: 0 };

  /** Whether it has, or had, a job of the id. */
  has(id: string): boolean {
    return (
      this.#ends.has(id) || this.#active.has(id) || this.#waiting.some(({ job }) => job.id === id)
    );
  }

  put(waiting: WaitingJob): void {
    const after = this.#waiting.findIndex((each) => isBefore(waiting, each));
    this.#waiting.splice(after < 0 ? this.#waiting.length : after, 0, waiting);
  }

  /** Whether its next job comes before that of another batch; false when it has none to give. */
  isBefore(other: BatchQueue | undefined): boolean {
    const [own] = this.#waiting;
    if (!own || this.isPaused) return false;
    const [theirs] = other ? other.#waiting : [];
    return !theirs || isBefore(own, theirs);
  }

  /** Hands its next job out. */
  take(): ActiveJob | undefined {
    const next = this.#waiting.shift();
    if (!next) return undefined;
    const active = { ...next, controller: new AbortController() };
    this.#active.set(next.job.id, active);
    this.#wakeSubmitters();
    return active;
  }

  /** Takes a job back that was not performed to its end; one that was cancelled has ended. */
  giveBack({ job, order }: ActiveJob): void {
    this.#active.delete(job.id);
    if (this.#cancelled.has(job.id)) this.end(job, { status: 'done' });
    else this.put({ job, order });
  }

  /** Keeps how a job ended and tells it; a cancelled one has ended so, whatever came of it. */
  end({ id, batch, position }: RunJob, how: HowEnded): void {
    this.#active.delete(id);
    const came = this.#cancelled.delete(id) ? ({ status: 'cancelled' } as const) : how;
    const end: JobEnd = { id, batch, position, ...came };
    this.#ends.set(id, end);
    this.#counts[end.status] += 1;
    for (const tell of this.#followers) tell(end);
  }

  follow(onEnd: (end: JobEnd) => void): () => void {
    // The same function can be given twice.
    const tell = (end: JobEnd): void => onEnd(end);
    for (const end of this.#ends.values()) tell(end);
    this.#followers.add(tell);
    return () => void this.#followers.delete(tell);
  }

  counts(): BatchCounts {
    return { waiting: this.#waiting.length, active: this.#active.size, ...this.#counts };
  }

  cancel(): void {
    for (const { job } of this.#waiting.splice(0)) {
      this.#cancelled.add(job.id);
      this.end(job, { status: 'done' });
    }
    for (const { job, controller } of this.#active.values()) {
      this.#cancelled.add(job.id);
      controller.abort();
    }
    this.#wakeSubmitters();
  }

  /** Resolves when fewer than so many jobs wait. */
  async room(most: number): Promise<void> {
    while (this.#waiting.length >= most) {
      await new Promise<void>((resolve) => this.#submitters.push(resolve));
    }
  }

  /** Forgets what waits, and lets nobody wait any more. */
  close(): void {
    this.#waiting.length = 0;
    this.#wakeSubmitters();
  }

  #wakeSubmitters(): void {
    const woken = this.#submitters;
    this.#submitters = [];
    for (const wake of woken) wake();
  }
}

type HowEnded =
  | { readonly status: 'done' }
  | { readonly status: 'failed'; readonly message: string };

function isBefore(one: WaitingJob, other: WaitingJob): boolean {
  const difference = one.job.position - other.job.position;
  return difference === 0 ? one.order < other.order : difference < 0;
}
