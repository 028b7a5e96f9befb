import { exitStatus } from '../domain/mistake.ts';

/** A cancellation that waits for the person or the system to ask for it. */
export interface Cancellation extends Disposable {
  /** Aborts at the first signal. */
  readonly signal: AbortSignal;
  /** The exit status that the signal asks for; undefined while there was none. */
  status(): number | undefined;
}

/** The exit status after each signal: 128 and the signal's number. */
export const signalStatuses: Readonly<Record<EndingSignal, number>> = {
  SIGINT: exitStatus.cancelled,
  SIGTERM: 143,
  SIGHUP: 129,
};

/** A signal that ends the command. */
export type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Turns the first SIGINT, SIGTERM or SIGHUP into an abort; the second one ends the process at once. */
export function cancelOnSignals(): Cancellation {
  const controller = new AbortController();
  let caught: EndingSignal | undefined;
  const hear = (name: EndingSignal): void => {
    if (caught) process.exit(signalStatuses[name]);
    caught = name;
    controller.abort();
  };
  const names = Object.keys(signalStatuses) as EndingSignal[];
  for (const name of names) process.on(name, hear);
  return {
    signal: controller.signal,
    status: () => caught && signalStatuses[caught],
    [Symbol.dispose]: () => {
      for (const name of names) process.off(name, hear);
    },
  };
}
