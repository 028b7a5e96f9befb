import { expect, test } from 'vitest';
import type { RunnerConfig } from '../config/config-file.ts';
import { builtInSettings } from '../config/defaults.ts';
import { settingsFrom } from '../config/settings-from.ts';
import { runnerQueues } from './runner-queues.ts';

const at = (baseURL: string, more: object = {}): RunnerConfig => ({
  type: 'openai-compatible',
  baseURL,
  model: 'm',
  ...more,
});
const queues = (runners: Readonly<Record<string, RunnerConfig>>) =>
  runnerQueues(settingsFrom({ runners }, builtInSettings, '/'));

test('runnerQueues() gives the runners of one local server one queue, however it is spelled', () => {
  const queueOf = queues({
    a: at('http://localhost:11434/v1', { concurrency: 1 }),
    b: at('http://127.0.0.1:11434/v1', { concurrency: 1 }),
    c: at('http://[::1]:11434/v1', { concurrency: 1 }),
  });
  const queue = queueOf('a');
  for (const name of ['b', 'c', 'ollama', 'ollama:qwen']) expect(queueOf(name)).toBe(queue);
  expect(queueOf('vllm')).not.toBe(queue);
});

test.each([
  ['any number to a declared server of this machine', { a: at('http://localhost:1/v1') }, 9],
  ['the number that is stated', { a: at('http://localhost:1/v1', { concurrency: 3 }) }, 3],
  [
    'the lowest number that is stated for the server',
    {
      a: at('http://localhost:1/v1', { concurrency: 3 }),
      b: at('http://127.0.0.1:1/v1', { concurrency: 4 }),
      c: at('http://127.0.0.1:1/v1', { concurrency: 2 }),
    },
    2,
  ],
  ['any number to a server elsewhere', { a: at('http://models.example/v1') }, 9],
])('runnerQueues() lets %s', async (_, runners, most) => {
  expect(await admitted(queues(runners)('a'))).toBe(most);
});

test('runnerQueues() lets one at once to a server that was found', async () => {
  expect(await admitted(queues({})('ollama'))).toBe(1);
});

test('runnerQueues() keeps servers elsewhere apart', () => {
  const queueOf = queues({ a: at('http://models.example/v1'), b: at('http://models.example/v1') });
  expect(queueOf('a')).not.toBe(queueOf('b'));
});

/** How many of nine get in. */
async function admitted(queue: ReturnType<ReturnType<typeof runnerQueues>>): Promise<number> {
  const closing = new AbortController();
  const entries = Array.from({ length: 9 }, () => queue.enter(closing.signal));
  closing.abort();
  return (await Promise.all(entries)).filter((release) => release !== undefined).length;
}

test('runnerQueues() lets one model of this program work at once, whatever is stated', async () => {
  const queueOf = queues({ a: { type: 'local', concurrency: 5 }, b: { type: 'local' } });
  expect(queueOf('a')).toBe(queueOf('b'));
  expect(await admitted(queueOf('a'))).toBe(1);
});
