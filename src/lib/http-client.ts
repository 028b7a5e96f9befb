import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plainRequest,
} from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { StringDecoder } from 'node:string_decoder';
import { urlToHttpOptions } from 'node:url';

/** Bytes of one response, at most. */
export const responseMaxBytes: number = 32 * 1024 * 1024;
/** Milliseconds that an idle connection is kept; shorter than the 5 s after which many servers close theirs. */
const idleMs = 4_000;
/** Milliseconds for the end of a response of which there was enough: a connection that comes to it is kept. */
const drainMs = 100;

/** One request to the client's server. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Added to the path of the base URL: `/models?limit=1`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What takes a response in, as it arrives. */
export interface HttpReceiver {
  /** Never throws. */
  head(status: number, headers: IncomingHttpHeaders): void;
  /** Takes some of the body, never half a character. With `enough` the exchange ends. */
  text(chunk: string): 'more' | 'enough';
}

/** How an exchange ended. */
export type HttpEnd =
  | { readonly status: 'whole' }
  /** The receiver had enough before the end. */
  | { readonly status: 'enough' }
  | { readonly status: 'aborted' }
  | { readonly status: 'too-long'; readonly limitBytes: number }
  /** `began`: whether a response had begun. */
  | { readonly status: 'failed'; readonly began: boolean; readonly error: unknown };

/** Requests to one server over connections that are kept. */
export interface HttpClient {
  /**
   * Sends one request: follows no redirect, repeats nothing, asks for no compression. An abort closes the
   * connection at once. Never rejects.
   */
  send(request: HttpRequest, receiver: HttpReceiver, signal: AbortSignal): Promise<HttpEnd>;
}

/** What a client can be told. */
export interface HttpClientOptions {
  /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are looked up; a server on this machine needs no proxy. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly maxBytes?: number;
}

/** Makes the client of one server; paths are added to the base URL's own path. */
export function httpClient(baseUrl: URL, options: HttpClientOptions = {}): HttpClient {
  const { env = {}, maxBytes = responseMaxBytes } = options;
  const secure = baseUrl.protocol === 'https:';
  const proxy = isThisMachine(baseUrl) ? {} : { proxyEnv: env };
  const kept = { keepAlive: true, timeout: idleMs, ...proxy };
  const agent = secure ? new TlsAgent(kept) : new Agent(kept);
  const base = { ...urlToHttpOptions(baseUrl), agent };
  const folder = baseUrl.pathname.replace(/\/+$/, '');
  const start = secure ? tlsRequest : plainRequest;

  return {
    send: async ({ method, path, headers, body }, receiver, signal) => {
      if (signal.aborted) return { status: 'aborted' };
      try {
        const withQuery = joinQuery(`${folder}${path}`, baseUrl.search);
        const identity = { ...headers, 'accept-encoding': 'identity' };
        const request = start({ ...base, method, path: withQuery, headers: identity });
        const end = exchange(request, { receiver, maxBytes }, signal);
        request.end(body);
        return await end;
      } catch (error) {
        // A header or a path that HTTP cannot carry is thrown before anything is sent.
        return { status: 'failed', began: false, error };
      }
    },
  };
}

interface Reception {
  readonly receiver: HttpReceiver;
  readonly maxBytes: number;
}

/** How an exchange goes on and ends; the first end is the one. */
interface Course {
  /** There is enough: whatever comes, that is the end. */
  enough(): void;
  settle(end: HttpEnd): void;
}

function exchange(
  request: ClientRequest,
  reception: Reception,
  signal: AbortSignal,
): Promise<HttpEnd> {
  return new Promise((resolve) => {
    let began = false;
    let reached: HttpEnd | undefined;
    const settle = (end: HttpEnd): void => {
      signal.removeEventListener('abort', abort);
      resolve(reached ?? end);
    };
    const enough = (): void => {
      reached = { status: 'enough' };
    };
    const abort = (): void => {
      settle({ status: 'aborted' });
      request.destroy();
    };
    const fail = (error: unknown): void => settle({ status: 'failed', began, error });
    signal.addEventListener('abort', abort);
    request.on('error', fail);
    request.on('response', (response) => {
      began = true;
      response.on('error', fail);
      receive(response, reception, { enough, settle });
    });
  });
}

/** Hands the body over; whatever the receiver throws ends the exchange as a failure. */
function receive(
  response: IncomingMessage,
  { receiver, maxBytes }: Reception,
  course: Course,
): void {
  const decoder = new StringDecoder('utf8');
  let leftBytes = maxBytes;
  let needsMore = true;
  const cut = (end: HttpEnd): void => {
    needsMore = false;
    course.settle(end);
    response.destroy();
  };
  const hand = (text: string): void => {
    try {
      if (!needsMore || receiver.text(text) === 'more') return;
      needsMore = false;
      course.enough();
      endSoon(response, course);
    } catch (error) {
      cut({ status: 'failed', began: true, error });
    }
  };
  receiver.head(response.statusCode ?? 0, response.headers);
  response.on('data', (chunk: Buffer) => {
    leftBytes -= chunk.length;
    if (leftBytes < 0) return cut({ status: 'too-long', limitBytes: maxBytes });
    hand(decoder.write(chunk));
  });
  response.on('end', () => {
    const rest = decoder.end();
    if (rest !== '') hand(rest);
    course.settle({ status: 'whole' });
  });
}

/** Lets the response come to its end, so that the next request finds the connection free, but not for long. */
function endSoon(response: IncomingMessage, { settle }: Course): void {
  const timer = setTimeout(() => {
    settle({ status: 'enough' });
    response.destroy();
  }, drainMs);
  response.once('close', () => clearTimeout(timer));
}

function joinQuery(path: string, search: string): string {
  if (search === '') return path;
  return path.includes('?') ? `${path}&${search.slice(1)}` : path + search;
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
