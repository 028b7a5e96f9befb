import type { PageFiles } from './read-page.ts';

/** Paths that are never the page's, so that a wrong one among them is told as such. */
const reserved = /^\/(?:api|v1|mcp|metrics|healthz|assets)(?:\/|$)/;

/** A year in seconds. */
const longAge = 31_536_000;

/**
 * Answers with a file of the page, or with its start for every path that the page itself reads; undefined where
 * the page has nothing to say.
 */
export function pageResponse(files: PageFiles | undefined, request: Request): Response | undefined {
  if (!files || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
  const { pathname } = new URL(request.url);
  const file =
    files.get(pathname) ?? (reserved.test(pathname) ? undefined : files.get('/index.html'));
  if (!file) return undefined;
  const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  const gzipped = takesGzip ? file.gzipped : null;
  return new Response(request.method === 'HEAD' ? null : (gzipped ?? file.bytes), {
    headers: {
      'content-type': file.type,
      'cache-control': file.hashed ? `public, max-age=${longAge}, immutable` : 'no-cache',
      vary: 'accept-encoding',
      ...(gzipped && { 'content-encoding': 'gzip' }),
    },
  });
}
