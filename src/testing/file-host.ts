import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a host does with one request; an empty reply sends what was asked for. */
export interface HostReply {
  readonly status?: number;
  /** Sends to its storage first, as hosts of large files do; or to another place, or to itself for ever. */
  readonly redirect?: true | string;
  /** Tells neither size nor checksum. */
  readonly anonymous?: boolean;
  /** Ends the connection after these bytes. */
  readonly cutAt?: number;
  /** Ends the connection at once. */
  readonly reset?: boolean;
  /** Says nothing, or nothing more after the first bytes. */
  readonly hang?: 'head' | 'body';
  /** Bytes that do not belong to the file, after it. */
  readonly extra?: number;
  readonly ranges?: false;
}

/** A request that a host was sent, as far as it tells. */
interface HostRequest {
  readonly method: string | undefined;
  readonly range: string | undefined;
}

/** A running host of one file. */
export interface FileHost extends AsyncDisposable {
  readonly url: string;
  readonly requests: readonly HostRequest[];
  /** Resolves when it has begun to hang. */
  readonly hanging: Promise<void>;
}

/** Starts a host of one file on loopback that replies as it is told, and properly after that. */
export async function fileHost(
  content: Buffer,
  replies: readonly HostReply[] = [],
): Promise<FileHost> {
  const { promise: hanging, resolve: hang } = Promise.withResolvers<void>();
  const requests: HostRequest[] = [];
  const left = [...replies];
  const server = createServer((request, response) => {
    requests.push({ method: request.method, range: request.headers.range });
    const isStorage = request.url === '/storage';
    const reply = isStorage
      ? {}
      : ((left[0]?.redirect === 'circle' ? left[0] : left.shift()) ?? {});
    if (reply.redirect !== undefined) return sendAway(response, reply.redirect, content);
    send(request, response, { content, reply, hang });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/file`,
    requests,
    hanging,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}

interface Sending {
  readonly content: Buffer;
  readonly reply: HostReply;
  readonly hang: () => void;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { content, reply, hang }: Sending,
): void {
  if (reply.reset) return void request.socket.destroy();
  if (reply.hang === 'head') return void hang();
  if (reply.status !== undefined) return void response.writeHead(reply.status).end();
  const from = reply.ranges === false ? 0 : startIn(request.headers.range);
  const body = Buffer.concat([content.subarray(from), Buffer.alloc(reply.extra ?? 0)]);
  const part = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': body.length,
    ...(from > 0 ? part : undefined),
    ...(reply.anonymous ? undefined : description(content)),
  });
  if (request.method === 'HEAD') return void response.end();
  if (reply.hang === 'body') return void response.write(body.subarray(0, 1000), hang);
  sendBody(response, body, (reply.cutAt ?? Number.POSITIVE_INFINITY) - from);
}

function startIn(range = ''): number {
  return Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0);
}

function sendBody(response: ServerResponse, body: Buffer, cutAt: number): void {
  if (cutAt >= body.length) return void response.end(body);
  response.write(body.subarray(0, cutAt), () => response.socket?.destroy());
}

function sendAway(response: ServerResponse, to: true | string, content: Buffer): void {
  const places: Readonly<Record<string, string>> = { true: '/storage', circle: '/file' };
  const location = places[String(to)] ?? String(to);
  response.writeHead(302, { location, ...description(content) }).end();
}

function description(content: Buffer): Readonly<Record<string, string>> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { 'x-linked-size': String(content.length), 'x-linked-etag': `"${sha256}"` };
}
