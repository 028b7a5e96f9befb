import { addSpent, nothingSpent, type Spent } from '../domain/budget.ts';
import type { RunEvent } from '../domain/event.ts';
import type { SeatId } from '../domain/plan.ts';
import type { RunObserver } from '../domain/run-observer.ts';
import type { Log } from './open-log.ts';
import { type Piece, runPieces } from './run-pieces.ts';

/** What a line about a run is made of. */
interface Facts {
  readonly runners: Map<SeatId, string>;
  chosen: SeatId | null;
  spent: Spent;
}

/** Logs a line for each run that ends; on `debug` one when it begins and one for each attempt too. No text of it. */
export function runLog(log: Log): RunObserver {
  return (run) => {
    const piecesOf = runPieces(run);
    const facts: Facts = { runners: new Map(), chosen: null, spent: nothingSpent };
    const id = { run: run.id };
    let hasEnded = false;
    for (const event of run.past) note(event, facts);
    log.debug({ ...id, resumed: run.past.length > 1 }, 'run begun');
    return {
      hear: (event) => {
        note(event, facts);
        for (const piece of piecesOf(event)) {
          if (piece.kind === 'call') logCall(piece, id, { log, facts });
          if (piece.kind !== 'end') continue;
          hasEnded = true;
          log.info({ ...id, ...endOf(piece, facts) }, 'run ended');
        }
      },
      close: () => {
        if (!hasEnded) log.info(id, 'run left');
      },
    };
  };
}

function note(event: RunEvent, facts: Facts): void {
  if (event.type === 'plan-made') {
    for (const { id, runner } of event.value.seats) facts.runners.set(id, runner);
  }
  if (event.type === 'decision-made') facts.chosen = event.value.chosen;
}

interface Logging {
  readonly log: Log;
  readonly facts: Facts;
}

function logCall(
  { attempt, purpose, requests, startMs, endMs }: Extract<Piece, { readonly kind: 'call' }>,
  id: { readonly run: string },
  { log, facts }: Logging,
): void {
  if (attempt.spent) facts.spent = addSpent(facts.spent, attempt.spent);
  const outcome = attempt.status === 'answered' ? 'answered' : attempt.failure.kind;
  const { seat, runner } = attempt;
  const row = { ...id, seat, runner, purpose, outcome, requests: requests.length };
  log.debug({ ...row, duration_ms: Math.round(endMs - startMs) }, 'attempt ended');
}

function endOf(
  { status, startMs, endMs }: Extract<Piece, { readonly kind: 'end' }>,
  { chosen, runners, spent }: Facts,
): object {
  return {
    status,
    duration_ms: Math.round(endMs - startMs),
    chosen: chosen === null ? null : (runners.get(chosen) ?? chosen),
    cost_usd: spent.costUsd,
    tokens: spent.tokens,
  };
}
