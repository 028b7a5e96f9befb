import type { Clock } from '../domain/clock.ts';
import type { Engine, JobEnd, RunJob } from '../domain/engine.ts';
import type { HistoryStore } from '../domain/history.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { Handoff } from '../lib/handoff.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import {
  type BatchItems,
  batchRunId,
  batchStream,
  itemsUntil,
  type Running,
} from './batch-stream.ts';
import { recordOf } from './record-of.ts';
import {
  type BatchItem,
  type BatchOptions,
  type BatchOutcome,
  type BatchPlaceOf,
  batchBudgets,
} from './run-batch.ts';

/** What the workers of a batch share with whoever submits it. */
export interface SharedParts {
  readonly engine: Engine;
  readonly store: HistoryStore;
  readonly clock: Clock;
}

/** Milliseconds between two looks at how many runs are in hand, while those are waited for. */
const lookMs = 500;

/** Milliseconds between two looks at whether the engine still has the runs that are waited for. */
const lossLookMs = 5_000;

/** Milliseconds after which it is said that nobody performs a batch. */
const lonelyMs = 10_000;

/**
 * Submits the tasks of a batch to an engine, and gives what came of each as its worker ends it, in no order; the
 * results are those of the history. Without this process the batch goes on, and the same batch again follows it. `drain`
 * pauses it: runs that are in hand end, and the next time it proceeds. Rejects with `bad-engine` and `bad-history`.
 */
export function runSharedBatch(
  items: BatchItems,
  parts: SharedParts,
  options: BatchOptions,
): AsyncGenerator<BatchOutcome> {
  return batchStream(
    items,
    options.leave,
    (leave) => new SharedBatch(parts, { ...options, leave }),
  );
}

class SharedBatch implements Running {
  readonly outcomes = new Handoff<BatchOutcome>();
  readonly #engine: Engine;
  readonly #store: HistoryStore;
  readonly #clock: Clock;
  readonly #options: BatchOptions & { readonly leave: AbortSignal };
  /** Tasks that were submitted and have not ended, by the ids of their runs. */
  readonly #open = new Map<string, BatchPlaceOf>();
  /** Ends of runs that nobody has asked for yet: those of an earlier process, or of lines that are not there any more. */
  readonly #before = new Map<string, JobEnd>();
  /** Outcomes are told one after the other, so that few records are held at once. */
  #telling: Promise<void> = Promise.resolve();
  readonly #failed = new AbortController();
  #heard = 0;
  /** Of the open tasks, those whose end is known and about to be told. */
  #toTell = 0;
  #wake: (() => void) | undefined;

  constructor(
    { engine, store, clock }: SharedParts,
    options: BatchOptions & { readonly leave: AbortSignal },
  ) {
    this.#engine = engine;
    this.#store = store;
    this.#clock = clock;
    this.#options = options;
  }

  async run(items: BatchItems): Promise<void> {
    try {
      await this.#submitAndFollow(items);
      if (this.#failed.signal.aborted) throw this.#failed.signal.reason;
    } finally {
      this.outcomes.close();
    }
  }

  async #submitAndFollow(items: BatchItems): Promise<void> {
    const { key, drain, leave, onNotice, onStart } = this.#options;
    const stop = AbortSignal.any([drain ?? [], leave, this.#failed.signal].flat());
    const unfollow = await this.#engine.follow(key, (end) => this.#hear(end));
    const watching = new AbortController();
    const cancelNotice = this.#clock.after(lonelyMs, () => void this.#tellLonely(onNotice));
    try {
      await this.#engine.proceed(key);
      onStart?.({ pause: () => this.#engine.pause(key), proceed: () => this.#engine.proceed(key) });
      for await (const item of itemsUntil(stop, items)) await this.#submit(item);
      void this.#failWhenLost(AbortSignal.any([stop, watching.signal]));
      await untilAborted(stop, this.#allEnded());
      if (drain?.aborted && !leave.aborted) await this.#drain(leave);
      await untilAborted(leave, this.#telling);
    } finally {
      cancelNotice();
      watching.abort();
      await unfollow();
    }
  }

  async #submit(item: BatchItem): Promise<void> {
    const { key, isKnown } = this.#options;
    if (item.status === 'invalid') return this.outcomes.give(item);
    const { id, line, limits, task } = item;
    const runId = batchRunId(key, item);
    if (isKnown?.({ runId, line })) return;
    const ended = this.#before.get(runId);
    this.#before.delete(runId);
    if (ended && !isOverBudget(ended)) return this.#tell(ended, { line, id, before: true });
    this.#open.set(runId, { line, id });
    const budgets = batchBudgets(this.#options);
    const job: RunJob = { id: runId, batch: key, position: line, task, limits, budgets };
    await this.#engine.submit(job);
  }

  #hear(end: JobEnd): void {
    this.#heard += 1;
    const place = this.#open.get(end.id);
    if (!place) {
      this.#before.set(end.id, end);
      return;
    }
    this.#toTell += 1;
    void this.#tell(end, { ...place, before: false }).then(() => (this.#toTell -= 1));
  }

  #tell(end: JobEnd, place: BatchPlaceOf & { readonly before: boolean }): Promise<void> {
    this.#telling = this.#telling.then(async () => {
      try {
        await this.outcomes.give(await this.#outcomeOf(end, place));
      } catch (error) {
        this.#failed.abort(error);
      }
      this.#open.delete(end.id);
      if (this.#open.size === 0) this.#wake?.();
    });
    return this.#telling;
  }

  async #outcomeOf(
    end: JobEnd,
    { line, id, before }: BatchPlaceOf & { readonly before: boolean },
  ): Promise<BatchOutcome> {
    const { id: runId } = end;
    if (end.status === 'done') {
      const record = recordOf(runId, (await this.#store.events(runId)) ?? []);
      return { line, id, status: 'ran', record, before };
    }
    if (isOverBudget(end)) {
      return { line, id, runId, status: 'over-budget', because: end.message };
    }
    const because = end.status === 'failed' ? end.message : 'its batch was cancelled';
    return { line, id, runId, status: 'not-run', because };
  }

  async #allEnded(): Promise<void> {
    if (this.#open.size > 0) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /**
   * Ends the batch when the engine has none of the runs any more that are waited for, as one that came back without
   * its data. Two looks have to agree: a run that moves from one place to another can be in neither.
   */
  async #failWhenLost(signal: AbortSignal): Promise<void> {
    let before: number | undefined;
    for (;;) {
      await this.#clock.sleep(lossLookMs, signal);
      if (signal.aborted) return;
      const missing = this.#open.size - this.#toTell;
      const isGone = missing > 0 && (await this.#hasNone());
      if (isGone && before === this.#heard) return this.#failed.abort(lost(missing));
      before = isGone ? this.#heard : undefined;
    }
  }

  async #hasNone(): Promise<boolean> {
    // An engine that is away for a moment is noticed by whoever follows it.
    const counts = await this.#engine.counts(this.#options.key).catch(() => undefined);
    return counts !== undefined && counts.waiting + counts.active <= 0;
  }

  /** Holds back what has not begun, and waits for the rest. */
  async #drain(leave: AbortSignal): Promise<void> {
    const { key } = this.#options;
    await this.#engine.pause(key);
    while (!leave.aborted && (await this.#hasInHand(key))) await this.#clock.sleep(lookMs, leave);
  }

  /** Whether runs are performed, or have ended and were not told yet. */
  async #hasInHand(key: string): Promise<boolean> {
    const { active, cancelled, done, failed } = await this.#engine.counts(key);
    return active > 0 || this.#heard < cancelled + done + failed;
  }

  async #tellLonely(tell: BatchOptions['onNotice']): Promise<void> {
    const { active, waiting } = await this.#engine.counts(this.#options.key);
    const isLonely = active === 0 && waiting > 0 && this.#open.size > 0;
    if (isLonely) tell?.('No worker performs the batch yet: start orchestrator worker');
  }
}

function isOverBudget(
  end: JobEnd,
): end is Extract<JobEnd, { readonly status: 'failed' }> & { readonly isOverBudget: true } {
  return end.status === 'failed' && end.isOverBudget === true;
}

function lost(count: number): OrchestratorError {
  return new OrchestratorError(
    'bad-engine',
    `Cannot wait for the batch: the engine has lost ${count} of its tasks, as when it is started without its data`,
    {
      hint: 'Run the same command again: it hands them over anew, and repeats nothing that has ended',
    },
  );
}
