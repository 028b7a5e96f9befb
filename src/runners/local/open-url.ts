import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  Agent as PlainAgent,
  request as plainRequest,
} from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';

/** Redirects that are followed. */
const redirectsMax = 5;
const redirects: readonly number[] = [301, 302, 303, 307, 308];

/** A request for a file. */
export interface UrlRequest {
  readonly method: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** Where proxies are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** The response of the last server, and the heads of all that led there. */
export interface OpenedUrl {
  readonly response: IncomingMessage;
  readonly heads: readonly IncomingHttpHeaders[];
}

/** Opens a URL and follows redirects, never from https to http. Rejects with the reason it cannot. */
export async function openUrl(start: URL, request: UrlRequest): Promise<OpenedUrl> {
  const heads: IncomingHttpHeaders[] = [];
  let url = start;
  for (;;) {
    const response = await responseOf(url, request);
    heads.push(response.headers);
    if (!redirects.includes(response.statusCode ?? 0)) return { response, heads };
    response.destroy();
    const next = URL.parse(response.headers.location ?? '', url.href);
    if (!next || heads.length > redirectsMax) throw new Error('it redirects without an end');
    const secure = next.protocol === 'https:' || (next.protocol === 'http:' && !isSecure(url));
    if (!secure) throw new Error(`it redirects to ${next.protocol}//${next.host}`);
    url = next;
  }
}

function responseOf(url: URL, request: UrlRequest): Promise<IncomingMessage> {
  const { env: proxyEnv, method, signal, headers } = request;
  const options = { method, signal, headers: { ...headers, 'accept-encoding': 'identity' } };
  return new Promise((resolve, reject) => {
    const sent = isSecure(url)
      ? tlsRequest(url, { ...options, agent: new TlsAgent({ proxyEnv }) })
      : plainRequest(url, { ...options, agent: new PlainAgent({ proxyEnv }) });
    sent.on('error', reject);
    sent.on('response', (response) => {
      // What goes wrong later is seen by whoever reads the body.
      response.on('error', () => undefined);
      resolve(response);
    });
    sent.end();
  });
}

function isSecure({ protocol }: URL): boolean {
  return protocol === 'https:';
}
