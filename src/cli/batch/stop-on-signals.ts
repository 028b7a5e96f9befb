import { type EndingSignal, signalStatuses } from '../cancel-on-signals.ts';

/** The end of a batch, in two steps. */
export interface Stopping extends Disposable {
  /** Aborts at the first signal: what is in hand is brought to its end. */
  readonly drain: AbortSignal;
  /** Aborts at the second one: what is in hand is left. */
  readonly leave: AbortSignal;
  /** The exit status that the first signal asks for; undefined while there was none. */
  status(): number | undefined;
}

/** Turns the first two SIGINT, SIGTERM or SIGHUP into aborts; the third one ends the process at once. */
export function stopOnSignals(onStep: (step: 'finishing' | 'leaving') => void): Stopping {
  const [drain, leave] = [new AbortController(), new AbortController()];
  let caught: EndingSignal | undefined;
  const hear = (name: EndingSignal): void => {
    if (leave.signal.aborted) process.exit(signalStatuses[name]);
    const isFirst = caught === undefined;
    caught ??= name;
    onStep(isFirst ? 'finishing' : 'leaving');
    (isFirst ? drain : leave).abort();
  };
  const names = Object.keys(signalStatuses) as EndingSignal[];
  for (const name of names) process.on(name, hear);
  return {
    drain: drain.signal,
    leave: leave.signal,
    status: () => caught && signalStatuses[caught],
    [Symbol.dispose]: () => {
      for (const name of names) process.off(name, hear);
    },
  };
}

/** Calls back whenever SIGUSR2 arrives, which Windows does not have. */
export function onPauseSignal(toggle: () => void): Disposable {
  if (process.platform === 'win32') return { [Symbol.dispose]: () => undefined };
  process.on('SIGUSR2', toggle);
  return { [Symbol.dispose]: () => void process.off('SIGUSR2', toggle) };
}
