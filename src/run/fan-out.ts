import { type AskTools, ask, notAsked } from '../ask/ask.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Seat } from '../domain/plan.ts';
import type { Prompt } from '../domain/runner.ts';
import type { Step } from './step.ts';

/** Whom to ask, with what, and when to leave it at that. */
export interface FanOut {
  readonly primaries: readonly Seat[];
  readonly prompt: Prompt;
  /**
   * Tells whether the attempts in hand settle the decision, whatever the seats that are left would bring.
   * Undefined asks all at once and waits for all.
   */
  readonly isSettled:
    | ((inHand: readonly Attempt[], left: readonly Seat[]) => Promise<boolean>)
    | undefined;
}

/** What a seat has instead of an answer when the others settled the decision. */
const settledWithout: AttemptFailure = {
  kind: 'not-needed',
  message: 'The answers in hand settled the decision without it',
};

/**
 * Asks the primaries: all at once, or first the one that the route prefers and the others only while that does
 * not settle the decision, ending those that can no longer change it. One attempt for each primary.
 */
export async function fanOut(
  { primaries, prompt, isSettled }: FanOut,
  step: Step,
  tools: AskTools,
): Promise<readonly Attempt[]> {
  const askSeats = (seats: readonly Seat[]): Promise<readonly Attempt[]> =>
    step.each('attempt-ended', seats, (seat) => ask(seat, prompt, tools));
  const [first, ...others] = primaries;
  if (!isSettled || !first || others.length === 0) return askSeats(primaries);

  const inHand = [...(await askSeats([first]))];
  const settled = async (left: readonly Seat[]): Promise<boolean> => isSettled(inHand, left);
  if (await settled([])) {
    const unasked = await step.each('attempt-ended', others, (seat) =>
      notAsked(seat, settledWithout),
    );
    return [...inHand, ...unasked];
  }
  const rest = await askUntilSettled({ seats: others, prompt, inHand, settled }, step, tools);
  return [...inHand.slice(0, 1), ...rest];
}

interface Racing {
  readonly seats: readonly Seat[];
  readonly prompt: Prompt;
  /** Grows as attempts end. */
  readonly inHand: Attempt[];
  readonly settled: (left: readonly Seat[]) => Promise<boolean>;
}

async function askUntilSettled(
  { seats, prompt, inHand, settled }: Racing,
  step: Step,
  tools: AskTools,
): Promise<readonly Attempt[]> {
  const enough = new AbortController();
  const signal = AbortSignal.any([tools.signal, enough.signal]);
  const left = new Set(seats);
  const askOne = async (seat: Seat): Promise<Attempt> => {
    const attempt = await ask(seat, prompt, { ...tools, signal });
    return enough.signal.aborted && isCancelled(attempt) ? spared(attempt) : attempt;
  };
  const rows = seats.map(async (seat): Promise<readonly Attempt[]> => {
    const row = await step.each('attempt-ended', [seat], askOne);
    left.delete(seat);
    inHand.push(...row);
    // What the history holds counts like what has just come.
    const isOpen = left.size > 0 && !enough.signal.aborted;
    if (isOpen && (await settled([...left]))) enough.abort();
    return row;
  });
  return (await Promise.all(rows)).flat();
}

function isCancelled(attempt: Attempt): boolean {
  return attempt.status === 'failed' && attempt.failure.kind === 'cancelled';
}

/** What was spent on it is kept; that it was ended is no failure of the model. */
function spared(attempt: Attempt): Attempt {
  return attempt.status === 'failed' ? { ...attempt, failure: settledWithout } : attempt;
}
