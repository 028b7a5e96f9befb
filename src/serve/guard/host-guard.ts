import type { MiddlewareHandler } from 'hono';
import { problemResponse } from '../problem.ts';

/** A name or an address with or without a port, and nothing else that the parser of addresses would pass over. */
const plainHost = /^(?<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/;

/**
 * Refuses requests that name another host than this server's own (421), as a page does whose name was made to
 * point here, and those that another site's page sends (403). `hosts` are names without ports.
 */
export function hostGuard(hosts: ReadonlySet<string>): MiddlewareHandler {
  return async ({ req }, next) => {
    const host = req.header('host')?.toLowerCase() ?? '';
    const name = plainHost.exec(host)?.groups?.['name'];
    // A request can also name a host in its first line.
    if (name === undefined || !hosts.has(name) || !hosts.has(new URL(req.url).hostname)) {
      const detail = `Cannot answer for the host "${host}": wanted ${[...hosts].join(', ')}`;
      const hint = 'Start the server with --allow-host for a name of yours';
      return problemResponse({ status: 421, code: 'foreign-host', detail, hint });
    }
    const origin = req.header('origin');
    // A link to the page may come from anywhere; what a page of another site fetches or posts may not.
    const isNavigation = req.method === 'GET' && req.header('sec-fetch-mode') === 'navigate';
    const isForeign = req.header('sec-fetch-site') === 'cross-site' && !isNavigation;
    if (isForeign || (origin !== undefined && hostOf(origin) !== host)) {
      const detail = 'Cannot answer a page of another site';
      return problemResponse({ status: 403, code: 'foreign-origin', detail });
    }
    return next();
  };
}

/** Whether a request can name a host so: a name or an address as browsers write it, without a port. */
export function isHostName(text: string): boolean {
  const isPlain = plainHost.exec(text)?.groups?.['name'] === text;
  return isPlain && URL.parse(`http://${text}`)?.hostname === text;
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}
