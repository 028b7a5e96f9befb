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
  /** Is given each attempt once it is kept. */
  readonly onAttempt: (attempt: Attempt) => void;
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
  { primaries, prompt, isSettled, onAttempt }: FanOut,
  step: Step,
  tools: AskTools,
): Promise<readonly Attempt[]> {
  const askSeat = async (seat: Seat): Promise<readonly Attempt[]> => {
    const row = await step.each('attempt-ended', [seat], () => ask(seat, prompt, tools));
    row.forEach(onAttempt);
    return row;
  };
  const askSeats = async (seats: readonly Seat[]): Promise<readonly Attempt[]> =>
    (await Promise.all(seats.map(askSeat))).flat();
  const [first, ...others] = primaries;
  if (!isSettled || !first || others.length === 0) return askSeats(primaries);

  const inHand = [...(await askSeats([first]))];
  const settledBy = weighing(isSettled, inHand, step);
  if (await settledBy(first, [])) return [...inHand, ...(await spare(others, step))];
  const racing = { seats: others, prompt, inHand, left: new Set(others), settledBy };
  const isOver = await goThroughKept(racing, step);
  if (isOver) await spare([...racing.left], step);
  else await askUntilSettled(racing, step, tools);
  // Every seat has its row by then.
  return askSeats(primaries);
}

interface Racing {
  readonly seats: readonly Seat[];
  readonly prompt: Prompt;
  /** Grows as attempts end. */
  readonly inHand: Attempt[];
  /** Shrinks as attempts end. */
  readonly left: Set<Seat>;
  readonly settledBy: SettledBy;
}

/** Whether the decision is settled once a seat has its attempt, with others left that may still answer. */
type SettledBy = (seat: Seat, left: readonly Seat[]) => Promise<boolean>;

/** What is in hand when an answer comes is weighed once, also where the run is gone on with later. */
function weighing(
  isSettled: NonNullable<FanOut['isSettled']>,
  inHand: readonly Attempt[],
  step: Step,
): SettledBy {
  return async (seat, left) => {
    const now = [...inHand];
    const weigh = async () => ({ isEnough: await isSettled(now, left) });
    const rows = await step.each('standing-weighed', [seat], weigh);
    return rows.some(({ isEnough }) => isEnough);
  };
}

function spare(seats: readonly Seat[], step: Step): Promise<readonly Attempt[]> {
  return step.each('attempt-ended', seats, (seat) => notAsked(seat, settledWithout));
}

/**
 * Takes the attempts that the history holds in the order in which they came, so that nobody is asked whom the
 * run would not have asked; whether they settle it.
 */
async function goThroughKept({ left, inHand, settledBy }: Racing, step: Step): Promise<boolean> {
  let isOver = false;
  for (const id of step.doneBefore('attempt-ended')) {
    const seat = [...left].find((each) => each.id === id);
    if (!seat) continue;
    left.delete(seat);
    inHand.push(...(await keptRows(seat, step)));
    isOver ||= left.size > 0 && (await settledBy(seat, [...left]));
  }
  return isOver;
}

/** What the history holds is never made again. */
function keptRows(seat: Seat, step: Step): Promise<readonly Attempt[]> {
  return spare([seat], step);
}

async function askUntilSettled(
  { prompt, inHand, left, settledBy }: Racing,
  step: Step,
  tools: AskTools,
): Promise<void> {
  const enough = new AbortController();
  const signal = AbortSignal.any([tools.signal, enough.signal]);
  const askOne = async (seat: Seat): Promise<Attempt> => {
    const attempt = await ask(seat, prompt, { ...tools, signal });
    return enough.signal.aborted && isCancelled(attempt) ? spared(attempt) : attempt;
  };
  const rows = [...left].map(async (seat) => {
    const row = await step.each('attempt-ended', [seat], askOne);
    left.delete(seat);
    inHand.push(...row);
    const isOpen = left.size > 0 && !enough.signal.aborted;
    if (isOpen && (await settledBy(seat, [...left]))) enough.abort();
  });
  await Promise.all(rows);
}

function isCancelled(attempt: Attempt): boolean {
  return attempt.status === 'failed' && attempt.failure.kind === 'cancelled';
}

/** What was spent on it is kept; that it was ended is no failure of the model. */
function spared(attempt: Attempt): Attempt {
  return attempt.status === 'failed' ? { ...attempt, failure: settledWithout } : attempt;
}
