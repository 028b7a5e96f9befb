import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../../domain/clock.ts';
import { problemResponse } from '../problem.ts';
import { rateLimit } from './rate-limit.ts';

/**
 * Refuses requests beyond `perMinute` a minute (429). Behind the token all are of that one, and without a token
 * nothing that a client says of itself would tell it from another.
 */
export function rateGuard(perMinute: number, clock: Clock): MiddlewareHandler {
  const limit = rateLimit(perMinute, clock);
  return async (_, next) => {
    if (limit.take()) return next();
    return problemResponse(
      {
        status: 429,
        code: 'too-many-requests',
        detail: `Cannot take more than ${perMinute} requests a minute`,
      },
      { 'retry-after': '1' },
    );
  };
}
