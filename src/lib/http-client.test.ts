import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { type HttpEnd, type HttpReceiver, httpClient } from './http-client.ts';

const never = new AbortController().signal;
const get = { method: 'GET', path: '/models', headers: {} } as const;

interface Running extends AsyncDisposable {
  readonly url: URL;
  /** Connections that were made. */
  readonly connections: () => number;
}

async function serve(listener: RequestListener): Promise<Running> {
  const server = createServer(listener);
  let connections = 0;
  server.on('connection', () => connections++);
  const url = await listening(server);
  return {
    url,
    connections: () => connections,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A server that sends bytes as they are, and nothing of HTTP by itself. */
async function serveBytes(send: (socket: Socket) => void): Promise<Running> {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    socket.once('data', () => send(socket));
  });
  const url = await listening(server);
  return {
    url,
    connections: () => sockets.length,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<URL> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return new URL(`http://127.0.0.1:${port}/v1`);
}

class Taker implements HttpReceiver {
  status = 0;
  body = '';
  readonly enoughAt: string;

  /** Has enough when the body ends with the word. */
  constructor(enoughAt = '\0') {
    this.enoughAt = enoughAt;
  }

  head(status: number): void {
    this.status = status;
  }

  text(chunk: string): 'more' | 'enough' {
    this.body += chunk;
    return this.body.endsWith(this.enoughAt) ? 'enough' : 'more';
  }
}

function fault(end: HttpEnd): unknown {
  return end.status === 'failed' && end.error instanceof Error && 'code' in end.error
    ? { began: end.began, code: end.error.code }
    : end;
}

test('httpClient() sends method, path, headers and body, and asks for no compression', async () => {
  const seen: unknown[] = [];
  await using server = await serve(async (request, response) => {
    const { headers, method, url } = request;
    const { accept, 'accept-encoding': encoding, 'content-length': length, host } = headers;
    seen.push({ method, url, accept, encoding, length, host });
    for await (const chunk of request) seen.push(String(chunk));
    response.end('ok');
  });
  const taker = new Taker();
  const sent = { method: 'POST', path: '/ask', headers: { accept: 'x/y' }, body: 'é' } as const;
  expect(await httpClient(server.url).send(sent, taker, never)).toEqual({ status: 'whole' });
  expect(taker).toMatchObject({ status: 200, body: 'ok' });
  const { host } = server.url;
  expect(seen).toEqual([
    { method: 'POST', url: '/v1/ask', accept: 'x/y', encoding: 'identity', length: '2', host },
    'é',
  ]);
});

test("httpClient() joins the base URL's query with the path's", async () => {
  const urls: unknown[] = [];
  await using server = await serve(({ url }, response) => {
    urls.push(url);
    response.end();
  });
  const client = httpClient(new URL('?api-version=1', `${server.url.href}/`));
  await client.send(get, new Taker(), never);
  await client.send({ ...get, path: '/a?alt=sse' }, new Taker(), never);
  expect(urls).toEqual(['/v1/models?api-version=1', '/v1/a?alt=sse&api-version=1']);
});

test('httpClient() never hands half a character over, whatever the splitting', async () => {
  const text = 'aé日🥊\u{1F468}\u200D\u{1F469} end';
  await using server = await serve((_, response) => {
    const bytes = [...Buffer.from(text)];
    const next = (): void => {
      const byte = bytes.shift();
      if (byte === undefined) response.end();
      else response.write(Buffer.of(byte), next);
    };
    next();
  });
  const taker = new Taker();
  await httpClient(server.url).send(get, taker, never);
  expect(taker.body).toBe(text);
});

test('httpClient() keeps its connection from one request to the next, also when there was enough', async () => {
  await using server = await serve((_, response) => {
    response.write('done');
    setImmediate(() => response.end());
  });
  const client = httpClient(server.url);
  for (let count = 0; count < 3; count++)
    expect(await client.send(get, new Taker('done'), never)).toEqual({ status: 'enough' });
  expect(server.connections()).toBe(1);
});

test('httpClient() waits no longer for the end of a response of which there was enough', async () => {
  const closed = Promise.withResolvers<void>();
  await using server = await serve((_, response) => {
    response.once('close', () => closed.resolve());
    response.write('done');
  });
  const taker = new Taker('done');
  expect(await httpClient(server.url).send(get, taker, never)).toEqual({ status: 'enough' });
  await closed.promise;
});

test('httpClient() closes the connection on abort before the headers', async () => {
  const [arrived, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await using server = await serve((_, response) => {
    arrived.resolve();
    response.once('close', () => closed.resolve());
  });
  const stop = new AbortController();
  const end = httpClient(server.url).send(get, new Taker(), stop.signal);
  await arrived.promise;
  stop.abort();
  expect(await end).toEqual({ status: 'aborted' });
  await closed.promise;
});

test('httpClient() sends nothing when the signal has aborted before', async () => {
  await using server = await serve((_, response) => response.end());
  const end = await httpClient(server.url).send(get, new Taker(), AbortSignal.abort());
  expect(end).toEqual({ status: 'aborted' });
  expect(server.connections()).toBe(0);
});

test('httpClient() stops at its limit of bytes', async () => {
  await using server = await serve((_, response) => {
    const more = (): void => void (response.destroyed || response.write('x'.repeat(1_000), more));
    more();
  });
  const taker = new Taker();
  const end = await httpClient(server.url, { maxBytes: 5_000 }).send(get, taker, never);
  expect(end).toEqual({ status: 'too-long', limitBytes: 5_000 });
  expect(taker.body.length).toBeLessThanOrEqual(5_000);
});

test('httpClient() follows no redirect', async () => {
  await using other = await serve((_, response) => response.end('other'));
  await using server = await serve((_, response) => {
    response.writeHead(302, { location: other.url.href }).end();
  });
  const taker = new Taker();
  expect(await httpClient(server.url).send(get, taker, never)).toEqual({ status: 'whole' });
  expect(taker.status).toBe(302);
  expect(other.connections()).toBe(0);
});

test('httpClient() tells a refused connection from a response that breaks off', async () => {
  await using refused = await serve(() => undefined);
  await refused[Symbol.asyncDispose]();
  await using short = await serveBytes((socket) => {
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
  });
  await using silent = await serveBytes((socket) => socket.end());
  const endAt = async ({ url }: Running): Promise<unknown> =>
    fault(await httpClient(url).send(get, new Taker(), never));
  expect(await endAt(refused)).toEqual({ began: false, code: 'ECONNREFUSED' });
  expect(await endAt(silent)).toEqual({ began: false, code: 'ECONNRESET' });
  expect(await endAt(short)).toEqual({ began: true, code: 'ECONNRESET' });
});

test('httpClient() fails before sending when a header cannot be sent', async () => {
  await using server = await serve((_, response) => response.end());
  const bad = { ...get, headers: { 'x-api-key': 'a\nb' } };
  const end = await httpClient(server.url).send(bad, new Taker(), never);
  expect(fault(end)).toEqual({ began: false, code: 'ERR_INVALID_CHAR' });
  expect(server.connections()).toBe(0);
});

test('httpClient() ends an exchange whose receiver throws', async () => {
  const closed = Promise.withResolvers<void>();
  await using server = await serve((_, response) => {
    response.once('close', () => closed.resolve());
    response.write('x');
  });
  const error = new Error('of the receiver');
  const receiver: HttpReceiver = {
    head: () => undefined,
    text: () => {
      throw error;
    },
  };
  const end = await httpClient(server.url).send(get, receiver, never);
  expect(end).toEqual({ status: 'failed', began: true, error });
  await closed.promise;
});

test('httpClient() goes through the proxy of the environment, but not to this machine', async () => {
  const urls: unknown[] = [];
  await using proxy = await serve(({ url }, response) => {
    urls.push(url);
    response.end('by proxy');
  });
  await using server = await serve((_, response) => response.end('direct'));
  const env = { HTTP_PROXY: proxy.url.origin };
  const [far, near] = [new Taker(), new Taker()];
  await httpClient(new URL('http://models.example/v1'), { env }).send(get, far, never);
  await httpClient(server.url, { env }).send(get, near, never);
  expect([far.body, near.body]).toEqual(['by proxy', 'direct']);
  expect(urls).toEqual(['http://models.example/v1/models']);
});
