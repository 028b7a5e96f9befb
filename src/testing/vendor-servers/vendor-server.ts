import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { anthropicMessagesDialect } from './anthropic-messages-dialect.ts';
import type { Dialect } from './dialect.ts';
import { geminiDialect } from './gemini-dialect.ts';
import { openAiChatDialect } from './openai-chat-dialect.ts';
import { openAiResponsesDialect } from './openai-responses-dialect.ts';
import { sendReply } from './send-reply.ts';
import type { VendorReply } from './vendor-reply.ts';
import { type OpenRequest, openRequest, type VendorRequest } from './vendor-request.ts';

/** What a fake vendor server is told. */
export interface VendorServerOptions {
  /**
   * What it does with each request for an answer: always the same, one after the other with the last one
   * for all that follow, or as the function says (`index` counts from 0).
   */
  readonly replies?: VendorReply | readonly VendorReply[] | VendorScript;
  /** Refuses every other key with 401. */
  readonly apiKey?: string;
  /** The ids that the list of models tells. */
  readonly models?: readonly string[];
}

/** Decides on each request. */
export type VendorScript = (request: VendorRequest, index: number) => VendorReply;

/** A running fake vendor server. */
export interface VendorServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/v1`: the base URL for every vendor's format. */
  readonly baseUrl: string;
  /** Every request for an answer so far, in the order of arrival. */
  readonly requests: readonly VendorRequest[];
  /** Resolves to request number `count`, from 1, once it has arrived. */
  received(count: number): Promise<VendorRequest>;
  /** Drops every connection. */
  close(): Promise<void>;
}

/**
 * Starts a server on loopback that answers as OpenAI (chat completions and responses), Anthropic, Google
 * and xAI do, each at its own path, and goes wrong as it is told.
 *
 * @example
 * await using server = await vendorServer({ replies: [{ status: 429 }, { text: 'Hello' }] });
 */
export async function vendorServer(options: VendorServerOptions = {}): Promise<VendorServer> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const log = requestLog();
  const script = scriptOf(options.replies ?? {});
  const server = createServer((incoming, response) => {
    void openRequest(incoming, response).then(
      (open) => answer(open, { log, script, options }),
      // A client that leaves while it still sends has no request.
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): Promise<void> => {
    server.close(() => stop());
    server.closeAllConnections();
    return stopped;
  };
  return {
    baseUrl: `http://127.0.0.1:${portOf(server)}/v1`,
    requests: log.requests,
    received: log.received,
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Answering {
  readonly log: RequestLog;
  readonly script: VendorScript;
  readonly options: VendorServerOptions;
}

async function answer(open: OpenRequest, { log, options, script }: Answering): Promise<void> {
  const { request } = open;
  const { apiKey, models = [] } = options;
  // A GET where answers are asked for is the try to open a WebSocket, which is refused.
  const dialect = request.method === 'POST' ? dialectOf(request.path) : undefined;
  const isKnown = apiKey === undefined || keyOf(request) === apiKey;
  if (!dialect) return sendOther(open, isKnown ? models : undefined);
  const index = log.add(request);
  const reply = isKnown ? script(request, index) : wrongKey;
  await sendReply(open, reply, dialect);
}

const wrongKey: VendorReply = { status: 401, message: 'Incorrect API key provided' };

/** Everything but a request for an answer. Without models the key is wrong. */
function sendOther({ request, response }: OpenRequest, models?: readonly string[]): void {
  const body = bodyFor(request.path, models ?? []);
  const refused = body ? 401 : 404;
  response.writeHead(body && models ? 200 : refused, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body && models ? body : { error: wrongKey }));
}

/** The list of models and the facts about a key, in all vendors' shapes at once. */
function bodyFor(path: string, models: readonly string[]): object | undefined {
  if (/\/api-key(\?|$)/.test(path)) return { api_key_blocked: false, api_key_disabled: false };
  if (!/\/models(\?|$)/.test(path)) return undefined;
  return { object: 'list', data: models.map((id) => ({ id, object: 'model' })), models: [] };
}

function dialectOf(path: string): Dialect | undefined {
  if (/\/chat\/completions(\?|$)/.test(path)) return openAiChatDialect;
  if (/\/responses(\?|$)/.test(path)) return openAiResponsesDialect;
  if (/\/messages(\?|$)/.test(path)) return anthropicMessagesDialect;
  return /:(streamG|g)enerateContent(\?|$)/.test(path) ? geminiDialect : undefined;
}

function keyOf({ headers }: VendorRequest): string | undefined {
  const key = headers['x-api-key'] ?? headers['x-goog-api-key'];
  return typeof key === 'string' ? key : headers.authorization?.replace(/^Bearer /, '');
}

function scriptOf(replies: NonNullable<VendorServerOptions['replies']>): VendorScript {
  if (typeof replies === 'function') return replies;
  const listed: readonly VendorReply[] = Array.isArray(replies) ? replies : [replies];
  return (_, index) => listed[Math.min(index, listed.length - 1)] ?? {};
}

interface RequestLog {
  readonly requests: readonly VendorRequest[];
  /** Returns the index of the request. */
  readonly add: (request: VendorRequest) => number;
  readonly received: (count: number) => Promise<VendorRequest>;
}

function requestLog(): RequestLog {
  const requests: VendorRequest[] = [];
  const arrivals: PromiseWithResolvers<VendorRequest>[] = [];
  const arrival = (index: number): PromiseWithResolvers<VendorRequest> => {
    arrivals[index] ??= Promise.withResolvers();
    return arrivals[index];
  };
  return {
    requests,
    add: (request) => {
      requests.push(request);
      arrival(requests.length - 1).resolve(request);
      return requests.length - 1;
    },
    received: (count) => arrival(count - 1).promise,
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
