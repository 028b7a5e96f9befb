import type { Admission, CallWish, Permit } from '../domain/admission.ts';
import type { AnswerCache } from '../domain/answer-cache.ts';
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
import { freeTurn, turn } from './turn.ts';

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
  /** Whole answers of before; undefined where none are kept. */
  readonly cache?: AnswerCache | undefined;
  /** What answers in place of the runner, with nothing sent; undefined where the runner is to be asked. */
  readonly recorded?: ((prompt: Prompt, repeat: number) => Recorded | undefined) | undefined;
}

/** A recorded answer, or failure, that can be played. */
export type Recorded = Pick<Runner, 'ask'>;

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
  const work = { seat, prompt, asking, tools: { ...tools, signal } };
  return (await fromCache(work)) ?? keepInCache(work, await tryUntilDone(work));
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

/** An answer of before costs nothing and needs no turn. */
async function fromCache({ seat, prompt, asking, tools }: Work): Promise<Attempt | undefined> {
  const startedAtMs = tools.clock.elapsed();
  const kept = await asking.cache?.find(prompt, repeatOf(seat));
  if (!kept || tools.signal.aborted) return undefined;
  const { text, model, ...spared } = kept;
  return {
    status: 'answered',
    seat: seat.id,
    runner: seat.runner,
    tries: 0,
    durationMs: tools.clock.elapsed() - startedAtMs,
    from: 'cache',
    text,
    model,
    usage: { inputTokens: 0, outputTokens: 0 },
    costUsd: 0,
    spared,
  };
}

async function keepInCache({ seat, prompt, asking }: Work, attempt: Attempt): Promise<Attempt> {
  if (attempt.status === 'failed' || attempt.from) return attempt;
  const { text, model, usage, costUsd } = attempt;
  await asking.cache?.keep(prompt, repeatOf(seat), { text, model, usage, costUsd });
  return attempt;
}

/** Which of the equal requests of a run it is. */
function repeatOf({ sample = 1 }: Seat): number {
  return sample;
}

async function tryUntilDone(work: Work): Promise<Attempt> {
  const { asking, seat, tools } = work;
  const cameAtMs = tools.clock.elapsed();
  let heldUpMs = 0;
  let spent = nothingSpent;
  for (let tries = 1; ; tries++) {
    const heldUpAtMs = tools.clock.elapsed();
    const recorded = asking.recorded?.(work.prompt, repeatOf(seat));
    const counting = meter({ ...asking, prompt: work.prompt });
    const wish = wishOf(work, tries, counting);
    const admitted = recorded ? freeTurn : await turn(asking.admission, wish, tools);
    heldUpMs += tools.clock.elapsed() - heldUpAtMs;
    const startedAtMs = cameAtMs + heldUpMs;
    const facts = factsOf(seat, recorded);
    if (admitted.status === 'refused') {
      const durationMs = tools.clock.elapsed() - startedAtMs;
      return { ...notAsked(seat, admitted.failure), ...spentBefore(tries, spent), durationMs };
    }
    if (tries === 1) tools.emit({ type: 'attempt-started', seat: seat.id, runner: seat.runner });
    const endsAtMs = Math.min(startedAtMs + asking.timeoutMs, tools.runEndsAtMs);
    const given = {
      endsAtMs,
      counting,
      permit: admitted.permit,
      runner: recorded ?? asking.runner,
    };
    const tried = await tryOnce(work, given);
    const { outcome, partialText } = tried;
    spent = addSpent(spent, tried.spent);
    const durationMs = tools.clock.elapsed() - startedAtMs;
    const ended = { ...facts, tries, spent, durationMs };
    if (outcome.status === 'answered') return { ...ended, ...answer(outcome, asking.price) };
    const { failure } = outcome;
    const waitMs = retryWaitMs(failure, tries, { work, endsAtMs });
    if (waitMs === undefined) return { ...ended, status: 'failed', failure, partialText };
    tools.emit({ type: 'try-failed', seat: seat.id, tries, failure, waitMs });
    await tools.clock.sleep(waitMs, tools.signal);
  }
}

/** What a refused try leaves of those before it. */
function spentBefore(tries: number, spent: Spent): Pick<Failed, 'tries' | 'spent'> {
  return tries === 1 ? { tries: 0 } : { tries: tries - 1, spent };
}

function factsOf({ id, runner }: Seat, recorded: Recorded | undefined) {
  return { seat: id, runner, ...(recorded && { from: 'cassette' as const }) };
}

function wishOf({ seat, prompt }: Work, tries: number, { expected }: Meter): CallWish {
  const promptLength = prompt.system.length + prompt.text.length;
  return { runner: seat.runner, promptLength, tries, expected };
}

interface Tried {
  readonly outcome: Outcome;
  readonly partialText: string;
  readonly spent: Spent;
}

interface Turn {
  readonly endsAtMs: number;
  readonly permit: Permit;
  readonly counting: Meter;
  readonly runner: Recorded;
}

async function tryOnce(work: Work, { endsAtMs, permit, counting, runner }: Turn): Promise<Tried> {
  const { seat, prompt, asking, tools } = work;
  let partialText = '';
  const progress = progressTeller(seat.id, tools);
  const outcome = await request({
    runner,
    prompt,
    repeat: repeatOf(seat),
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
