import type { Context } from 'hono';
import { type SSEMessage, streamSSE } from 'hono/streaming';
import type { Told } from '../told.ts';

/** Milliseconds between two signs of life on a stream that has nothing to tell. */
const beatMs = 15_000;

/** Answers with what is told, as server-sent events; ends the telling when the client goes away. */
export function eventsResponse(
  context: Context,
  follow: (signal: AbortSignal) => AsyncGenerator<readonly Told[]>,
): Response {
  context.header('cache-control', 'no-store');
  // A proxy that gathers the stream would show nothing until its end.
  context.header('x-accel-buffering', 'no');
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const beat = setInterval(() => void stream.write(': alive\n\n'), beatMs);
    try {
      // Each is written before the next is asked for, so that a slow client holds nothing but its place.
      for await (const some of follow(gone.signal)) {
        for (const told of some) await stream.writeSSE(messageOf(told));
      }
    } finally {
      clearInterval(beat);
    }
  });
}

function messageOf({ type, ...told }: Told): SSEMessage {
  const { id, ...data } = { id: undefined, ...told };
  return { event: type, data: JSON.stringify(data), ...(id !== undefined && { id }) };
}
