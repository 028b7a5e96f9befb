import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { openPlace, type Place, type Running } from './cli-process.ts';

const timeout = 60_000;
const hanging = { fault: 'hang-in-stream', text: 'One two three. '.repeat(20) } as const;

/** Starts the server; resolves once it listens. */
async function serve({ start, config }: Place): Promise<Running & { readonly url: string }> {
  const running = start(['serve', '--port', '0', '--grace', '0.1', '--config', config]);
  onTestFinished(() => void running.child.kill('SIGKILL'));
  for await (const line of createInterface(running.child.stdout)) {
    const url = /^Listening on (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return { ...running, url };
  }
  throw new Error(`the server ended: ${(await running.ended).stderr}`);
}

async function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function statusOf(url: string, id: string): Promise<string> {
  const { run } = (await (await fetch(`${url}/api/runs/${id}`)).json()) as {
    readonly run: { readonly status: string };
  };
  return run.status;
}

/** Reads a stream as far as a text. */
async function reaches(body: Response['body'], wanted: string): Promise<void> {
  let told = '';
  for await (const chunk of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    told += chunk;
    if (told.includes(wanted)) return;
  }
  throw new Error(`the stream ended without ${wanted}: ${told}`);
}

test('a run that SIGTERM met is interrupted, and a second server goes on with it', {
  timeout,
}, async () => {
  await using place = await openPlace({ codex: [hanging] });
  const first = await serve(place);
  const asking = { task: 'Write add', models: ['codex'], merge: 'never' };
  const { id } = (await (await post(`${first.url}/api/runs`, asking)).json()) as {
    readonly id: string;
  };
  const watched = await fetch(`${first.url}/api/runs/${id}/events`);
  await place.server.received(1);
  first.child.kill('SIGTERM');
  expect((await first.ended).status).toBe(0);
  const told = await watched.text();
  expect(told).toContain('event: end');
  expect(told).not.toContain('run-ended');

  const second = await serve(place);
  expect(await statusOf(second.url, id)).toBe('interrupted');
  expect((await post(`${second.url}/api/runs/${id}/resume`, {})).status).toBe(202);
  await (await fetch(`${second.url}/api/runs/${id}/events`)).text();
  expect(await statusOf(second.url, id)).toBe('complete');
  second.child.kill('SIGTERM');
  expect((await second.ended).status).toBe(0);
});

test('a run whose server was killed is gone on with, and nobody is asked again who has answered', {
  timeout,
}, async () => {
  await using place = await openPlace({ codex: [hanging] });
  const first = await serve(place);
  const asking = { task: 'Write add', models: ['claude-code', 'codex'], merge: 'never' };
  const { id } = (await (await post(`${first.url}/api/runs`, asking)).json()) as {
    readonly id: string;
  };
  const watching = await fetch(`${first.url}/api/runs/${id}/events`);
  await Promise.all([reaches(watching.body, '"type":"attempt-ended"'), place.server.received(2)]);
  first.child.kill('SIGKILL');
  expect((await first.ended).status).toBe(null);

  const second = await serve(place);
  expect(await statusOf(second.url, id)).toBe('interrupted');
  expect((await post(`${second.url}/api/runs/${id}/resume`, {})).status).toBe(202);
  await (await fetch(`${second.url}/api/runs/${id}/events`)).text();
  expect(await statusOf(second.url, id)).toBe('complete');
  const asked = place.server.requests.map(({ body }) => String(Object(body).model));
  expect(asked.toSorted()).toEqual(['claude-code', 'codex', 'codex']);
  second.child.kill('SIGTERM');
  expect((await second.ended).status).toBe(0);
});

test('a run that was cancelled before SIGTERM stays cancelled', { timeout }, async () => {
  await using place = await openPlace({ codex: [hanging, hanging] });
  const { url, child, ended } = await serve(place);
  const asking = { task: 'Write add', models: ['codex'], merge: 'never' };
  const { id } = (await (await post(`${url}/api/runs`, asking)).json()) as { readonly id: string };
  await place.server.received(1);
  expect((await post(`${url}/api/runs/${id}/cancel`, {})).status).toBe(202);
  await (await fetch(`${url}/api/runs/${id}/events`)).text();
  child.kill('SIGTERM');
  expect((await ended).status).toBe(0);
  const again = await serve(place);
  expect(await statusOf(again.url, id)).toBe('cancelled');
  again.child.kill('SIGTERM');
  expect((await again.ended).status).toBe(0);
});
