import type { SessionKeeper } from './limits-session.ts';

/** A place that is given back, with the tokens that its request took. */
export interface Leave {
  readonly number: number;
  readonly tokens: number;
}

/** Places on their way back. */
export interface Leaves {
  /** Gives a place back, with the others of this turn of the loop. */
  add(leave: Leave): Promise<void>;
  /** Has those that were not sent yet given back by the statement that whoever calls makes. */
  along<Result>(make: (leaves: readonly Leave[]) => Promise<Result>): Promise<Result>;
}

/** Gathers the places that a process gives back: a statement takes all of them along that are there when it is made. */
export function groupLeaves(keeper: SessionKeeper): Leaves {
  let pending: Leave[] = [];
  let waiting: PromiseWithResolvers<void> | undefined;
  const along = async <Result>(
    make: (leaves: readonly Leave[]) => Promise<Result>,
  ): Promise<Result> => {
    const [leaves, settle] = [pending, waiting];
    pending = [];
    waiting = undefined;
    try {
      const result = await make(leaves);
      settle?.resolve();
      return result;
    } catch (error) {
      settle?.reject(error);
      throw error;
    }
  };
  const flush = async (): Promise<void> => {
    const session = await keeper.get();
    if (pending.length === 0) return;
    await along((leaves) =>
      session.query('leave', 'SELECT orchestrator.leave($1, $2, $3)', [
        ...[session.number, ...leaveColumns(leaves)],
      ]),
    );
  };
  return {
    along,
    add: (leave) => {
      pending.push(leave);
      if (!waiting) {
        const begun = Promise.withResolvers<void>();
        waiting = begun;
        setImmediate(() => void flush().catch(begun.reject));
      }
      return waiting.promise;
    },
  };
}

/** The numbers and the tokens of places, as the functions of the database take them. */
export function leaveColumns(
  leaves: readonly Leave[],
): readonly [numbers: readonly number[], tokens: readonly number[]] {
  return [leaves.map(({ number }) => number), leaves.map(({ tokens }) => Math.round(tokens))];
}
