import type { MiddlewareHandler } from 'hono';
import { problemResponse } from '../problem.ts';

/**
 * Refuses requests that name another host than this server's own (421), as a page does whose name was made to
 * point here, and those that another site's page sends (403). `hosts` are names without ports.
 */
export function hostGuard(hosts: ReadonlySet<string>): MiddlewareHandler {
  return async ({ req }, next) => {
    const host = req.header('host');
    const name = host === undefined ? undefined : URL.parse(`http://${host}`)?.hostname;
    if (host === undefined || name === undefined || !hosts.has(name)) {
      const detail = `Cannot answer for the host "${host ?? ''}": wanted ${[...hosts].join(', ')}`;
      const hint = 'Start the server with --allow-host for a name of yours';
      return problemResponse({ status: 421, code: 'foreign-host', detail, hint });
    }
    const origin = req.header('origin');
    // A link to the page may come from anywhere; what a page of another site fetches or posts may not.
    const isNavigation = req.method === 'GET' && req.header('sec-fetch-mode') === 'navigate';
    const isForeign = req.header('sec-fetch-site') === 'cross-site' && !isNavigation;
    if (isForeign || (origin !== undefined && hostOf(origin) !== host.toLowerCase())) {
      const detail = 'Cannot answer a page of another site';
      return problemResponse({ status: 403, code: 'foreign-origin', detail });
    }
    return next();
  };
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}
