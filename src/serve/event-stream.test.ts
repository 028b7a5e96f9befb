import { Hono } from 'hono';
import { afterEach, expect, test, vi } from 'vitest';
import { eventStream } from './event-stream.ts';

afterEach(() => vi.useRealTimers());

/** A stream that tells nothing until it is ended. */
async function silent(method = 'GET') {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const gone = new AbortController();
  const over = Promise.withResolvers<void>();
  const tell = vi.fn(() => over.promise);
  const app = new Hono().get('/', (context) => eventStream(context, gone, tell));
  const response = await app.request('/', { method });
  return { response, gone, tell, end: over.resolve };
}

test('eventStream() gives signs of life while there is nothing to tell', async () => {
  const { response, end } = await silent();
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (const _ of [1, 2]) {
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await reader?.read()).toEqual({ value: ': alive\n\n', done: false });
  }
  end();
  expect(await reader?.read()).toMatchObject({ done: true });
});

test('eventStream() queues no signs of life for a client that does not read', async () => {
  const { response, end } = await silent();
  for (let beat = 0; beat < 50; beat += 1) await vi.advanceTimersByTimeAsync(15_000);
  end();
  expect((await response.text()).split('alive').length).toBeLessThan(5);
});

test('eventStream() tells nothing where the headers alone are wanted', async () => {
  const { response, tell } = await silent('HEAD');
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(tell).not.toHaveBeenCalled();
});

test('eventStream() aborts when the client goes away', async () => {
  const { response, gone } = await silent();
  await response.body?.cancel();
  expect(gone.signal.aborted).toBe(true);
});
