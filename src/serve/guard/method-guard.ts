import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { problemResponse } from '../problem.ts';

/** Refuses a method that no route of `app` has for a path which others have (405), and says which methods it takes. */
export function methodGuard(app: OpenAPIHono): MiddlewareHandler {
  return methodNotAllowed({
    app,
    onMethodNotAllowed: ({ req }, methods) => {
      const allow = methods.join(', ');
      const detail = `Cannot use ${req.method} here: wanted ${allow}`;
      return problemResponse({ status: 405, code: 'method-not-allowed', detail }, { allow });
    },
  });
}
