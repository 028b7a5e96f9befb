import type { App } from '../../app/app.ts';
import type { RunState } from '../../domain/history.ts';
import type { Problem } from '../problem.ts';
import { runOf } from '../run-of.ts';

/** Tells why a run that does not go on here cannot be cancelled, and who can do it. */
export async function notHere(id: string, app: App): Promise<Problem> {
  const store = await app.history();
  const run = await runOf(store, id, (await store.events(id)) ?? []);
  if (!run) return { status: 404, code: 'unknown-run', detail: `${cannot(id)}: it was deleted` };
  return { status: 409, ...reasonFor(id, run.state) };
}

/** Tells that a seat cannot be cancelled, as nothing is asked of it. */
export function seatNotAsked(id: string, seat: string): Problem {
  const detail = `Cannot cancel seat "${seat}" of run ${id}: nothing was asked of it`;
  return { status: 409, code: 'seat-not-asked', detail };
}

function reasonFor(id: string, state: RunState): Omit<Problem, 'status'> {
  switch (state) {
    case 'running':
      return {
        code: 'run-in-use',
        detail: `${cannot(id)}: another process performs it, and that one alone can end it`,
        hint: 'Cancel it where it was begun: with Ctrl-C in its terminal, or at its own server',
      };
    case 'interrupted':
      return {
        code: 'run-interrupted',
        detail: `${cannot(id)}: it was interrupted, and nobody goes on with it`,
        hint: `To go on with it: orchestrator resume ${id}`,
      };
    case 'complete':
    case 'degraded':
    case 'failed':
    case 'cancelled':
      return { code: 'run-ended', detail: `${cannot(id)}: it has ended already, as ${state}` };
  }
}

function cannot(id: string): string {
  return `Cannot cancel run ${id}`;
}
