import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { realClock } from '../app/real-clock.ts';
import { reachServer } from './reach-server.ts';

const signal = new AbortController().signal;

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const reach = (url: string, offline = false, clock = realClock) =>
  reachServer(url, { env: {}, clock }, { signal, offline });

test.each([200, 401, 404, 500])(
  'reachServer() takes an answer of %i for reached',
  async (status) => {
    const asked: (string | undefined)[] = [];
    await using server = await serve((request, response) => {
      asked.push(request.url, request.headers.authorization);
      response.writeHead(status).end('{}');
    });
    expect(await reach(`${server.url}/v1/`)).toEqual({
      status: 'reached',
      address: `${server.url}/v1`,
      asked: 'a request without a key',
      latencyMs: expect.any(Number),
    });
    expect(asked).toEqual(['/v1', undefined]);
  },
);

test('reachServer() takes the answer of a proxy for none', async () => {
  await using server = await serve((_, response) => response.writeHead(502).end());
  expect(await reach(server.url)).toMatchObject({
    status: 'unreachable',
    message: `Cannot reach ${server.url}: a proxy or gateway answered with 502`,
  });
});

test('reachServer() shows no password of the address', async () => {
  const found = await reach('http://me:secret@127.0.0.1:9/v1');
  expect(found).toMatchObject({ message: 'Cannot reach http://127.0.0.1:9/v1: ECONNREFUSED' });
});

test('reachServer() asks nobody where that is forbidden, nor what is no address', async () => {
  let requests = 0;
  await using server = await serve(() => {
    requests += 1;
  });
  expect(await reach(server.url, true)).toEqual({ status: 'not-tried', because: '--offline' });
  expect(await reach('ftp://127.0.0.1')).toMatchObject({ status: 'unreachable' });
  expect(requests).toBe(0);
});
