import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Clock } from '../../domain/clock.ts';

/** What is told of one request. Neither its path and query nor its headers and body are in it. */
export interface RequestLine {
  readonly method: string;
  /** The pattern of the path, such as `/api/runs/:id`. */
  readonly route: string;
  readonly status: number;
  /** Milliseconds until the response began; a stream goes on after it. */
  readonly duration_ms: number;
  /** The run that it is about, or that it began. */
  readonly run?: string | undefined;
}

/** Tells of each request once its response begins. */
export function requestTeller(tell: (line: RequestLine) => void, clock: Clock): MiddlewareHandler {
  return async (context, next) => {
    const startMs = clock.elapsed();
    await next();
    const { req, res } = context;
    tell({
      method: req.method,
      route: routePath(context, -1),
      status: res.status,
      duration_ms: Math.round(clock.elapsed() - startMs),
      run: runIn(res.headers.get('location')) ?? safeId(req.param('id')),
    });
  };
}

function runIn(location: string | null): string | undefined {
  return /^\/api\/runs\/([^/]+)$/.exec(location ?? '')?.[1];
}

/** Only what looks like the id of a run: the path is written by whoever asks. */
function safeId(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z0-9-]{1,64}$/.test(text) ? text : undefined;
}
