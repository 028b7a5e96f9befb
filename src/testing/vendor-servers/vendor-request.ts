import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';

/** A request that a fake vendor server has received. */
export interface VendorRequest {
  /** Milliseconds on the clock of `performance.now()`. */
  readonly atMs: number;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as JSON, or as text where it is none. */
  readonly body: unknown;
  /** Resolves when the exchange is over: answered whole, or closed early by one of the two. */
  readonly closed: Promise<'answered' | 'closed-by-client' | 'closed-by-server'>;
}

/** A request, and what the server needs to answer it. */
export interface OpenRequest {
  readonly request: VendorRequest;
  readonly response: ServerResponse;
  /** Ends the connection at once, as a fault of the server. */
  readonly reset: () => void;
}

/** Reads a request whole. */
export async function openRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<OpenRequest> {
  const atMs = performance.now();
  let isOurs = false;
  const { promise: closed, resolve } = Promise.withResolvers<Awaited<VendorRequest['closed']>>();
  response.once('close', () => {
    if (response.writableFinished) return resolve('answered');
    resolve(isOurs ? 'closed-by-server' : 'closed-by-client');
  });
  const { headers, method = 'GET', url: path = '/' } = incoming;
  const body = await bodyOf(incoming);
  return {
    request: { atMs, method, path, headers, body, closed },
    response,
    reset: () => {
      isOurs = true;
      response.socket?.resetAndDestroy();
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
