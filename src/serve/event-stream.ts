import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';

/** Milliseconds between two signs of life on a stream that has nothing to tell: clients give silent ones up. */
const beatMs = 15_000;

/**
 * Answers with server-sent events, which `tell` writes until it resolves; aborts `gone` when the client goes away. A
 * request that wants the headers alone gets them, and nothing is told.
 */
export function eventStream(
  context: Context,
  gone: AbortController,
  tell: (stream: SSEStreamingApi) => Promise<void>,
): Response {
  context.header('cache-control', 'no-store');
  // A proxy that gathers the stream would show nothing until its end.
  context.header('x-accel-buffering', 'no');
  if (context.req.raw.method === 'HEAD') {
    return context.body(null, 200, { 'content-type': 'text/event-stream' });
  }
  return streamSSE(context, async (stream) => {
    stream.onAbort(() => gone.abort());
    const stop = beating(stream);
    try {
      await tell(stream);
    } finally {
      stop();
    }
  });
}

/** Gives signs of life; a client that reads none has at most one of them waiting for it. */
function beating(stream: SSEStreamingApi): () => void {
  let isWaiting = false;
  const beat = setInterval(async () => {
    if (isWaiting) return;
    isWaiting = true;
    await stream.write(': alive\n\n');
    isWaiting = false;
  }, beatMs);
  return () => clearInterval(beat);
}
