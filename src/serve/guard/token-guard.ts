import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../../domain/clock.ts';
import { problemResponse } from '../problem.ts';
import { type RateLimit, rateLimit } from './rate-limit.ts';

/** Wrong tokens in a minute before further ones are not looked at. */
const wrongMaxCount = 20;

/** Refuses requests without the bearer token (401), and all of them for a while after too many wrong ones (429). */
export function tokenGuard(token: string, clock: Clock): MiddlewareHandler {
  const wanted = digest(token);
  const wrong: RateLimit = rateLimit(wrongMaxCount, clock);
  return async ({ req }, next) => {
    const given = /^Bearer (.+)$/i.exec(req.header('authorization') ?? '')?.[1];
    if (given !== undefined && timingSafeEqual(digest(given), wanted)) return next();
    if (given !== undefined && !wrong.take()) {
      const detail = 'Cannot look at more tokens: too many wrong ones in the last minute';
      const headers = { 'retry-after': '60' };
      return problemResponse({ status: 429, code: 'too-many-tokens', detail }, headers);
    }
    const detail = given === undefined ? 'A bearer token is wanted' : 'The token is not the one';
    const headers = { 'www-authenticate': 'Bearer realm="orchestrator"' };
    return problemResponse({ status: 401, code: 'unauthorized', detail }, headers);
  };
}

/** Tokens of any length compare in the same time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
