import type { ChildProcess } from 'node:child_process';

/** Resolves when a program runs, or to the fault for which it does not. */
export function spawned(child: ChildProcess): Promise<Error | undefined> {
  return new Promise((done) => {
    child.once('spawn', () => done(undefined));
    // Stays, as an error event without a listener ends the program.
    child.on('error', done);
    // A program may end before it reads what it is told.
    child.stdin?.on('error', () => undefined);
  });
}
