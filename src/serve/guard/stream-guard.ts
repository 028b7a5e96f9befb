import type { MiddlewareHandler } from 'hono';
import { problemResponse } from '../problem.ts';

/** What bounds responses that stay open. */
export interface StreamGuard {
  readonly handler: MiddlewareHandler;
  /** How many are open. */
  open(): number;
}

/** Refuses further responses that stay open (503) while `most` of them are. */
export function streamGuard(most: number): StreamGuard {
  let open = 0;
  const handler: MiddlewareHandler = async (context, next) => {
    if (open >= most) {
      const detail = `Cannot open another stream: ${most} are open`;
      return problemResponse(
        { status: 503, code: 'too-many-streams', detail },
        { 'retry-after': '5' },
      );
    }
    open += 1;
    const { signal } = context.req.raw;
    let isOpen = true;
    const close = (): void => {
      if (isOpen) open -= 1;
      isOpen = false;
    };
    signal.addEventListener('abort', close, { once: true });
    await next();
    context.res = closing(context.res, close);
    return undefined;
  };
  return { handler, open: () => open };
}

/** The same response, which tells when its body has been sent or given up. */
function closing(response: Response, onClose: () => void): Response {
  if (!response.body) {
    onClose();
    return response;
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done } = await reader.read();
      if (!done) return controller.enqueue(value);
      onClose();
      controller.close();
    },
    cancel: async (reason) => {
      onClose();
      await reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
