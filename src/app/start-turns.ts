import { limit } from '../lib/limit.ts';

/**
 * How many runs are prepared at once. Of a crowd, the first ask their models while the others wait, so that the
 * processor has work while the models think; fewer would write to the history more often.
 */
const preparedAtOnce = 16;

/** Lets runs be prepared in the order in which they come. */
export interface StartTurns {
  /** Waits for a turn, and no longer than until the signal aborts. */
  take(signal: AbortSignal | undefined): Promise<StartTurn>;
}

/** The turn of one run, from before it is begun until its first model is about to be asked, or it is disposed of. */
export interface StartTurn extends Disposable {
  /** Gives the turn to the next; does nothing a second time. */
  readonly end: () => void;
}

/** Makes the turns of one process. */
export function startTurns(): StartTurns {
  const room = limit(preparedAtOnce);
  return {
    take: async (signal = new AbortController().signal) => {
      let leave = await room.enter(signal);
      const end = (): void => {
        leave?.();
        leave = undefined;
      };
      return { end, [Symbol.dispose]: end };
    },
  };
}
