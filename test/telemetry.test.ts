import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { code, openPlace } from './cli-process.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}
interface Received {
  readonly path: string | undefined;
  readonly token: string | string[] | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test that reads what is not there fails.
  readonly body: any;
}

/** A receiver of OTLP over HTTP, which decodes what arrives. */
async function receiver(status = 200) {
  const received: Received[] = [];
  const take = async (request: IncomingMessage): Promise<void> => {
    const { url: path, headers } = request;
    received.push({ path, token: headers['x-token'], body: await json(request) });
  };
  const server = createServer((request, response) => {
    void take(request).then(() => response.writeHead(status).end('{}'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  undo.push(() => server.close());
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}` };
}

const asked = ['Add two', '--models', 'codex', '--no-model-tests', '--sandbox', 'none'];

const attribute = (attributes: readonly Attribute[], wanted: string) =>
  attributes.find(({ key }) => key === wanted)?.value;

test('a run exports its spans and metrics where an endpoint is named, and no text of it', async () => {
  const { received, url } = await receiver();
  await using place = await openPlace();
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-token=mine',
    OTEL_SERVICE_NAME: 'my-service',
  };
  const ended = await place.ask(asked, { env });
  expect(ended).toMatchObject({ status: 0, stdout: code });
  expect(new Set(received.map(({ path }) => path))).toEqual(new Set(['/v1/metrics', '/v1/traces']));
  expect(received.map(({ token }) => token)).toEqual(['mine', 'mine']);
  const [traced] = received.filter(({ path }) => path === '/v1/traces');
  const [group] = traced?.body.resourceSpans ?? [];
  expect(attribute(group.resource.attributes, 'service.name')).toEqual({
    stringValue: 'my-service',
  });
  const spans = group.scopeSpans.flatMap((scope: { readonly spans: object[] }) => scope.spans);
  const names = spans.map(({ name }: { readonly name: string }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'chat codex',
      'decide',
      'invoke_workflow orchestrator',
      'seat primary-1',
    ]),
  );
  const [chat] = spans.filter(({ name }: { readonly name: string }) => name === 'chat codex');
  expect(attribute(chat.attributes, 'gen_ai.operation.name')).toEqual({ stringValue: 'chat' });
  const [measured] = received.filter(({ path }) => path === '/v1/metrics');
  expect(JSON.stringify(measured?.body)).toContain('gen_ai.client.operation.duration');
  const written = JSON.stringify(received);
  for (const text of ['Add two', 'def add', 'a + b']) expect(written).not.toContain(text);
});

test.each([
  [{ OTEL_SDK_DISABLED: 'true' }, ''],
  [{ OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' }, ''],
  [
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    'Exports no telemetry: OTEL_EXPORTER_OTLP_PROTOCOL is "grpc", wanted http/json, on port 4318\n',
  ],
])('a run exports nothing with %j', async (env, stderr) => {
  const { received, url } = await receiver();
  await using place = await openPlace();
  const ended = await place.ask(asked, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: url, ...env } });
  expect(ended).toMatchObject({ status: 0, stdout: code });
  expect(ended.stderr).toContain(stderr);
  expect(received).toEqual([]);
});

test('a run whose telemetry is refused says so in one line and gives its answer', async () => {
  const { url } = await receiver(400);
  await using place = await openPlace();
  const ended = await place.ask(asked, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: url } });
  expect(ended).toMatchObject({ status: 0, stdout: code });
  expect(ended.stderr.match(/^Cannot export telemetry: .*$/gm)).toHaveLength(1);
});
