import type { Context } from 'hono';
import type { SSEMessage } from 'hono/streaming';
import { eventStream } from '../event-stream.ts';
import type { Told } from '../told.ts';

/** Answers with what is told, as server-sent events; ends the telling when the client goes away. */
export function eventsResponse(
  context: Context,
  follow: (signal: AbortSignal) => AsyncGenerator<readonly Told[]>,
): Response {
  const gone = new AbortController();
  return eventStream(context, gone, async (stream) => {
    // Each is written before the next is asked for, so that a slow client holds nothing but its place.
    for await (const some of follow(gone.signal)) {
      for (const told of some) await stream.writeSSE(messageOf(told));
    }
  });
}

function messageOf({ type, ...told }: Told): SSEMessage {
  const { id, ...data } = { id: undefined, ...told };
  return { event: type, data: JSON.stringify(data), ...(id !== undefined && { id }) };
}
