import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../../domain/clock.ts';
import { problemResponse } from '../problem.ts';
import { rateLimit } from './rate-limit.ts';

/** Refuses the requests of a token beyond `perMinute` a minute (429); without tokens all are of one. */
export function rateGuard(perMinute: number, clock: Clock): MiddlewareHandler {
  const limit = rateLimit(perMinute, clock);
  return async ({ req }, next) => {
    if (limit.take(req.header('authorization') ?? '')) return next();
    return problemResponse(
      {
        status: 429,
        code: 'too-many-requests',
        detail: `Cannot take more than ${perMinute} requests a minute`,
        hint: 'Start the server with a higher --rate',
      },
      { 'retry-after': '1' },
    );
  };
}
