import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import type { Runner } from '../../domain/runner.ts';
import { listModels } from './list-models.ts';
import { localServer } from './local-server.ts';

const list = (...ids: readonly string[]) => ({
  object: 'list',
  data: ids.map((id) => ({ id, object: 'model' })),
});
const tools = { env: { HTTP_PROXY: 'http://127.0.0.1:9' }, clock: realClock };

test('listModels() names the models of a server, without those that answer no prompt', async () => {
  await using server = await serve(listing(list('nomic-embed-text:latest', 'qwen', 'llama')));
  expect(await listModels(server.port, realClock)).toEqual({
    status: 'found',
    models: ['qwen', 'llama'],
  });
});

test.each([
  ['a page', 200, '<html>'],
  ['JSON of another kind', 200, '{"models": []}'],
  ['null', 200, 'null'],
  ['not found', 404, '{"data": []}'],
  ['too much', 200, `{"data": [${'"x",'.repeat(400_000)}"x"]}`],
])('listModels() takes %s for no model server', async (_, status, body) => {
  await using server = await serve((_request, response) => {
    response.writeHead(status).end(body);
  });
  expect(await listModels(server.port, realClock)).toEqual({ status: 'absent' });
});

test('listModels() knows an Ollama without models', async () => {
  await using server = await serve(listing({ object: 'list', data: null }));
  expect(await listModels(server.port, realClock)).toEqual({ status: 'found', models: [] });
});

test('listModels() gives a silent server up when its time is over', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  await using server = await serve(() => resolve());
  const limits: number[] = [];
  const { promise: ring, resolve: setRing } = Promise.withResolvers<() => void>();
  const after = (limitMs: number, call: () => void): (() => void) => {
    limits.push(limitMs);
    setRing(call);
    return () => undefined;
  };
  const listed = listModels(server.port, { ...realClock, after });
  await arrived;
  (await ring)();
  expect(await listed).toEqual({ status: 'absent' });
  expect(limits).toEqual([250]);
});

test('localServer() asks the first model that the server lists, through no proxy', async () => {
  await using server = await serve(listing(list('qwen', 'llama')));
  const runner = localServer('ollama', asked(server.port), tools);
  expect(await runner.available()).toEqual({
    status: 'available',
    where: `http://127.0.0.1:${server.port}/v1`,
  });
  expect(await ask(runner)).toMatchObject({ status: 'answered', text: 'I am qwen' });
});

test('localServer() looks for the first model when nobody did before', async () => {
  await using server = await serve(listing(list('qwen')));
  const outcome = await ask(localServer('ollama', asked(server.port), tools));
  expect(outcome).toMatchObject({ status: 'answered', text: 'I am qwen' });
});

test('localServer() passes a model that was named on as it is', async () => {
  await using server = await serve(listing(list('qwen')));
  const outcome = await ask(localServer('ollama', asked(server.port, 'llama:7b'), tools));
  expect(outcome).toMatchObject({ status: 'answered', text: 'I am llama:7b' });
});

test('localServer() says what to start where nothing runs, and asks nobody', async () => {
  const { port } = await gone();
  const runner = localServer('ollama', asked(port), tools);
  const message = `No model server answered at http://127.0.0.1:${port}/v1 within 250 ms`;
  expect(await runner.available()).toMatchObject({
    kind: 'not-installed',
    message,
    remedy: expect.stringContaining('Start ollama'),
  });
  expect(await ask(runner)).toEqual({
    status: 'failed',
    failure: { kind: 'not-installed', message },
  });
});

test.each([
  ['has no model', listing({ object: 'list', data: null }), 'bad-usage', 'has no model'],
  ['wants a key', refusing(401), 'not-signed-in', 'wants an API key'],
])('localServer() says that the server %s', async (_, listener, kind, words) => {
  await using server = await serve(listener);
  const availability = await localServer('vllm', asked(server.port), tools).available();
  expect(availability).toMatchObject({ kind, message: expect.stringContaining(words) });
});

test('probe() measures how long the server took', async () => {
  await using server = await serve(listing(list('qwen')));
  const context = { signal: new AbortController().signal, offline: true };
  const probe = await localServer('vllm', asked(server.port), tools).probe?.(context);
  expect(probe).toMatchObject({
    availability: { status: 'available' },
    signedIn: 'not-needed',
    reach: { status: 'reached', asked: 'the list of models', latencyMs: expect.any(Number) },
  });
});

function asked(port: number, model?: string) {
  return { server: 'ollama', port, model };
}

function ask(runner: Runner) {
  const context = {
    signal: new AbortController().signal,
    limitMs: 10_000,
    report: () => undefined,
  };
  return runner.ask({ system: 'S', text: 'T' }, context);
}

/** Lists models, and answers with the name of the one that is asked. */
function listing(models: object): RequestListener {
  return (request, response) => {
    if (request.url === '/v1/models') return void response.end(JSON.stringify(models));
    void answer(request).then((body) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body);
    });
  };
}

async function answer(request: IncomingMessage): Promise<string> {
  const { model } = JSON.parse(await text(request));
  const choices = [{ index: 0, delta: { content: `I am ${model}` }, finish_reason: 'stop' }];
  return `data: ${JSON.stringify({ model, choices })}\n\ndata: [DONE]\n\n`;
}

function refusing(status: number): RequestListener {
  return (_, response) => response.writeHead(status).end();
}

async function gone() {
  await using server = await serve(() => undefined);
  return { port: server.port };
}

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
