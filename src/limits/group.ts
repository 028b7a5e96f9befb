import type { CallWish } from '../domain/admission.ts';
import type { Clock } from '../domain/clock.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Outcome } from '../domain/runner.ts';
import type { Place, SharedLimits } from '../domain/shared-limits.ts';
import type { HeldPlaces } from './held-places.ts';
import type { LimitRule } from './limit-rule.ts';
import type { Line } from './line.ts';
import type { StandingsLook } from './standings-look.ts';

/** What all groups work with. */
export interface GroupTools {
  readonly shared: SharedLimits;
  readonly clock: Clock;
  readonly look: StandingsLook;
  readonly places: HeldPlaces;
}

/** A request that wants to be sent. */
export interface Asker {
  readonly rule: LimitRule;
  readonly wish: CallWish;
}

/** What became of it. */
export type Answer =
  | { readonly status: 'sent'; readonly sent: Sent }
  | { readonly status: 'refused'; readonly failure: AttemptFailure };

/** A request that may be sent. */
export interface Sent extends Asker {
  /** Undefined where nothing limits it. */
  readonly place: Place | undefined;
}

/** The requests of one provider in this process. */
export interface Group {
  readonly line: Line<Asker, Answer>;
  inFlight: number;
  /** Those in flight that have no place, as nothing limited them when they were sent. */
  unplaced: number;
  /** Successes since one more request at once was allowed. */
  successes: number;
}

/** Counts a request that is sent. */
export function begin(sent: Sent, group: Group, { places }: GroupTools): void {
  group.inFlight += 1;
  if (sent.place) places.add();
  else group.unplaced += 1;
}

/** Counts a request that has ended, or was not sent after all, and gives its place to the next. */
export async function end(sent: Sent, group: Group, tools: EndTools): Promise<void> {
  const { place, wish } = sent;
  group.inFlight -= 1;
  if (place) {
    tools.places.remove();
    const leaving = place.leave(usedTokens(tools.outcome) ?? tokensOf(wish));
    // Who waits is asked for at once, so that one look at shared limits does for both.
    group.line.nudge();
    await leaving;
    return;
  }
  group.unplaced -= 1;
  group.line.nudge();
}

interface EndTools extends GroupTools {
  /** Undefined where it was not sent. */
  readonly outcome: Outcome | undefined;
}

/** Characters of a token, about: https://help.openai.com/en/articles/4936856 */
const charactersOfToken = 4;

/** An estimate of what a request takes, of which only the prompt is known. */
export function tokensOf({ promptLength }: CallWish): number {
  return Math.ceil(promptLength / charactersOfToken);
}

function usedTokens(outcome: Outcome | undefined): number | undefined {
  if (!outcome) return 0;
  if (outcome.status === 'failed' || !outcome.usage) return undefined;
  const { inputTokens, outputTokens } = outcome.usage;
  return inputTokens === null && outputTokens === null
    ? undefined
    : (inputTokens ?? 0) + (outputTokens ?? 0);
}
