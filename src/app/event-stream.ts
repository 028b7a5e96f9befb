/**
 * Gives what a producer pushes to whoever iterates, without losing any. Leaving the loop early aborts the
 * producer's signal and waits until it has ended; what it throws ends the loop with that error.
 */
export function eventStream<Event>(
  produce: (push: (event: Event) => void, leaving: AbortSignal) => Promise<void>,
): AsyncIterableIterator<Event> {
  const leaving = new AbortController();
  let producing: Promise<void> = Promise.resolve();
  const stream = new ReadableStream<Event>({
    start: (controller) => {
      const push = (event: Event): void => {
        if (!leaving.signal.aborted) controller.enqueue(event);
      };
      producing = produce(push, leaving.signal);
      producing.then(
        () => {
          if (!leaving.signal.aborted) controller.close();
        },
        (error) => controller.error(error),
      );
    },
    cancel: async () => {
      leaving.abort();
      await producing;
    },
  });
  return stream.values();
}
