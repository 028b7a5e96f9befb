import type { MiddlewareHandler } from 'hono';
import { problemResponse } from '../problem.ts';

/**
 * Refuses bodies that are not declared as JSON (415): the only kinds that a page of another site can send without
 * asking first are texts and forms.
 */
export function jsonGuard(): MiddlewareHandler {
  return async ({ req }, next) => {
    const type = req.header('content-type');
    const length = req.header('content-length');
    const hasBody =
      req.header('transfer-encoding') !== undefined || (length !== undefined && length !== '0');
    if (type === undefined ? !hasBody : isJson(type)) return next();
    const detail = `Cannot read a body of the type "${type ?? ''}": wanted application/json`;
    return problemResponse({ status: 415, code: 'not-json', detail });
  };
}

function isJson(type: string): boolean {
  const [name = ''] = type.split(';');
  return name.trim().toLowerCase() === 'application/json';
}
