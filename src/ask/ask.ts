import type { Admission, CallWish, Permit } from '../domain/admission.ts';
import type { Attempt, Failed, Usage } from '../domain/attempt.ts';
import { addSpent, nothingSpent, type Spent } from '../domain/budget.ts';
import type { Clock } from '../domain/clock.ts';
import type { PassingEvent } from '../domain/event.ts';
import { type AttemptFailure, failureFacts } from '../domain/failure.ts';
import type { Seat, SeatId } from '../domain/plan.ts';
import { type Price, priced } from '../domain/price.ts';
import type { Doing, Outcome, Progress, Prompt, Runner, RunnerAnswer } from '../domain/runner.ts';
import { backoffMs } from './backoff.ts';
import { type Meter, meter } from './meter.ts';
import { request } from './request.ts';

/** The most characters that are kept of an answer that never became whole. */
const partialMaxLength = 100_000;

/** How one runner is asked. */
export interface Asking {
  readonly runner: Runner;
  readonly timeoutMs: number;
  readonly stallMs: number;
  /** Further requests after a transient failure. */
  readonly retries: number;
  readonly price: Price | undefined;
  /** The most tokens of an answer; undefined where the vendor decides. */
  readonly maxOutputTokens?: number | undefined;
  /** Says when each of its requests may be sent. */
  readonly admission: Admission;
}

/** What asking needs of the world. */
export interface AskTools {
  readonly asking: (runner: string) => Promise<Asking>;
  readonly clock: Clock;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Ends what is asked of one seat; nobody does where it is left out. */
  readonly seatSignal?: ((seat: SeatId) => AbortSignal) | undefined;
  /** On the elapsed clock; Infinity when the run has no limit. */
  readonly runEndsAtMs: number;
  readonly emit: (event: PassingEvent) => void;
}

/**
 * Asks the model of one seat until there is a whole answer, a failure that asking again cannot help, no
 * retry left, or no time. Waiting for a turn is not the model's time. Never rejects.
 */
export async function ask(seat: Seat, prompt: Prompt, tools: AskTools): Promise<Attempt> {
  if (seat.unavailable) return notAsked(seat, unavailableFailure(seat.unavailable));
  const own = tools.seatSignal?.(seat.id);
  const signal = own ? AbortSignal.any([tools.signal, own]) : tools.signal;
  const asking = await tools.asking(seat.runner);
  return tryUntilDone({ seat, prompt, asking, tools: { ...tools, signal } });
}

/** The row of a seat whose model was not asked. */
export function notAsked(seat: Seat, failure: AttemptFailure): Failed {
  const { id, runner } = seat;
  return { status: 'failed', seat: id, runner, failure, partialText: '', tries: 0, durationMs: 0 };
}

interface Work {
  readonly seat: Seat;
  readonly prompt: Prompt;
  readonly asking: Asking;
  readonly tools: AskTools;
}

async function tryUntilDone(work: Work): Promise<Attempt> {
  const { asking, seat, tools } = work;
  const cameAtMs = tools.clock.elapsed();
  let heldUpMs = 0;
  let spent = nothingSpent;
  for (let tries = 1; ; tries++) {
    const heldUpAtMs = tools.clock.elapsed();
    const counting = meter({ ...asking, prompt: work.prompt });
    const admitted = await asking.admission.admit(wishOf(work, counting), tools.signal);
    heldUpMs += tools.clock.elapsed() - heldUpAtMs;
    const startedAtMs = cameAtMs + heldUpMs;
    const facts = { seat: seat.id, runner: seat.runner };
    if (admitted.status === 'refused') {
      const durationMs = tools.clock.elapsed() - startedAtMs;
      const refused = { ...notAsked(seat, admitted.failure), tries: tries - 1, durationMs };
      return tries === 1 ? refused : { ...refused, spent };
    }
    if (tries === 1) tools.emit({ type: 'attempt-started', seat: seat.id, runner: seat.runner });
    const endsAtMs = Math.min(startedAtMs + asking.timeoutMs, tools.runEndsAtMs);
    const tried = await tryOnce(work, endsAtMs, { permit: admitted.permit, counting });
    const { outcome, partialText } = tried;
    spent = addSpent(spent, tried.spent);
    const ended = { ...facts, tries, spent, durationMs: tools.clock.elapsed() - startedAtMs };
    if (outcome.status === 'answered') return { ...ended, ...answer(outcome, asking.price) };
    const { failure } = outcome;
    const waitMs = retryWaitMs(failure, tries, { work, endsAtMs });
    if (waitMs === undefined) return { ...ended, status: 'failed', failure, partialText };
    tools.emit({ type: 'try-failed', seat: seat.id, tries, failure, waitMs });
    await tools.clock.sleep(waitMs, tools.signal);
  }
}

function wishOf({ seat, prompt }: Work, { expected }: Meter): CallWish {
  const promptLength = prompt.system.length + prompt.text.length;
  return { runner: seat.runner, promptLength, expected };
}

interface Tried {
  readonly outcome: Outcome;
  readonly partialText: string;
  readonly spent: Spent;
}

interface Turn {
  readonly permit: Permit;
  readonly counting: Meter;
}

async function tryOnce(work: Work, endsAtMs: number, { permit, counting }: Turn): Promise<Tried> {
  const { seat, prompt, asking, tools } = work;
  let partialText = '';
  const progress = progressTeller(seat.id, tools);
  const outcome = await request({
    runner: asking.runner,
    prompt,
    repeat: seat.sample ?? 1,
    limitMs: Math.max(0, endsAtMs - tools.clock.elapsed()),
    stallMs: asking.stallMs,
    cancel: tools.signal,
    clock: tools.clock,
    report: (said) => {
      const end = permit.heard(said, counting.hear(said));
      if (said.type === 'activity') progress(said);
      else {
        if (partialText.length < partialMaxLength) partialText += said.text;
        tools.emit({ type: 'text-arrived', seat: seat.id, text: said.text });
      }
      return end;
    },
  });
  const spent = counting.total(outcome);
  await permit.close(outcome, spent);
  return { outcome, partialText, spent };
}

type Activity = Extract<Progress, { readonly type: 'activity' }>;

/** Tells what a model does when it changes: a runner may report each token of its thoughts. */
function progressTeller(seat: SeatId, { emit }: AskTools): (said: Activity) => void {
  let doing: Doing | null = null;
  let outputTokens: number | null = null;
  return (said) => {
    const before = { doing, outputTokens };
    doing = said.doing ?? doing;
    outputTokens = said.outputTokens ?? outputTokens;
    if (doing === before.doing && outputTokens === before.outputTokens) return;
    emit({ type: 'progress-made', seat, doing, outputTokens });
  };
}

/** Milliseconds until the next request; undefined when there will be none. */
function retryWaitMs(
  failure: AttemptFailure,
  tries: number,
  { work, endsAtMs }: { readonly work: Work; readonly endsAtMs: number },
): number | undefined {
  const { asking, tools } = work;
  if (!failureFacts[failure.kind].transient || tries > asking.retries) return undefined;
  const waitMs = backoffMs(tries, failure.retryAfterMs, tools.random);
  return tools.clock.elapsed() + waitMs < endsAtMs ? waitMs : undefined;
}

function answer({ text, model, usage, costUsd }: RunnerAnswer, price: Price | undefined) {
  return {
    status: 'answered' as const,
    text,
    model: model ?? null,
    usage: usage ?? null,
    costUsd: costUsd ?? (isWhole(usage) ? priced(usage, price) : null),
  };
}

function isWhole(
  usage: Usage | null | undefined,
): usage is { readonly inputTokens: number; readonly outputTokens: number } {
  return usage?.inputTokens != null && usage.outputTokens != null;
}

function unavailableFailure({ kind, message }: NonNullable<Seat['unavailable']>): AttemptFailure {
  return { kind, message };
}
