import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../../../test/support/folder-with.ts';
import type { AnswerKey } from '../../domain/answer-key.ts';
import { type Cassette, openCassette } from './cassette.ts';
import type { Take } from './recordings.ts';

const key: AnswerKey = {
  runner: 'codex',
  type: 'api',
  model: 'gpt-x',
  params: { provider: 'openai', maxOutputTokens: 100 },
  prompt: { system: 'Be brief', text: 'Add two numbers\nin Ruby' },
  repeat: 1,
};

const says = (text: string): Take => ({
  kind: 'answer',
  chunks: [{ afterMs: 1, text }],
  model: null,
  usage: null,
  costUsd: null,
});
const fails: Take = {
  kind: 'failure',
  chunks: [],
  afterMs: 5,
  failure: { kind: 'rate-limited', message: 'HTTP 429', retryAfterMs: 2000 },
};
const cut: Take = { kind: 'hang', chunks: [] };

async function world() {
  const folder = await folderWith({});
  const path = join(folder.path, 'below', 'tape.jsonl');
  return {
    path,
    /** As another process would. */
    open: (): Cassette => openCassette(path, { create: true }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test('openCassette() plays the takes of a request in turn, and the first after the last', async () => {
  await using place = await world();
  const recorder = place.open();
  recorder.keep(key, fails);
  recorder.keep(key, says('one'));
  const player = place.open();
  expect([1, 2, 3].map(() => player.next(key))).toEqual([fails, says('one'), fails]);
  expect(recorder.next(key)).toBeUndefined();
});

test('openCassette() plays what was recorded last, but nothing that was cut short if there is more', async () => {
  await using place = await world();
  place.open().keep(key, cut);
  expect(place.open().next(key)).toEqual(cut);
  place.open().keep(key, says('old'));
  place.open().keep(key, says('last'));
  place.open().keep(key, cut);
  const player = place.open();
  expect([1, 2].map(() => player.next(key))).toEqual([says('last'), says('last')]);
});

test.each<[string, Partial<AnswerKey>]>([
  ['runner', { runner: 'grok' }],
  ['type', { type: 'codex' }],
  ['model', { model: 'gpt-y' }],
  ['params', { params: { provider: 'openai' } }],
  ['prompt', { prompt: { system: 'Be long', text: key.prompt.text } }],
  ['repeat', { repeat: 2 }],
])('openCassette() holds a request with another %s for another one', async (_part, change) => {
  await using place = await world();
  place.open().keep(key, says('one'));
  expect(place.open().next({ ...key, ...change })).toBeUndefined();
  const params = Object.fromEntries(Object.entries(key.params).toReversed());
  expect(place.open().next({ ...key, params })).toEqual(says('one'));
});

test.each<[Partial<AnswerKey>, string]>([
  [{ runner: 'grok' }, 'nothing of this model is recorded'],
  [{ repeat: 3 }, 'the closest recorded request has repeat 1 in place of 3'],
  [
    { model: null, params: { provider: 'openai' } },
    'the closest recorded request has model "gpt-x" in place of null, and maxOutputTokens 100 in place of null',
  ],
  [
    { prompt: { ...key.prompt, text: 'Add two numbers\nin Rust' } },
    'the closest recorded request has another prompt in line 2: "in Ruby" in place of "in Rust"',
  ],
  [
    { prompt: { ...key.prompt, system: 'Be bold' } },
    'the closest recorded request has another prompt in the standing instruction: "Be brief" in place of "Be bold"',
  ],
])('Cassette.nearest() tells of %j what differs', async (change, expected) => {
  await using place = await world();
  const recorder = place.open();
  recorder.keep({ ...key, prompt: { system: '', text: 'Something else' } }, says('two'));
  recorder.keep(key, says('one'));
  expect(place.open().nearest({ ...key, ...change })).toBe(expected);
});

test('openCassette() ends a line that somebody left without an end, and passes over it', async () => {
  await using place = await world();
  place.open().keep(key, says('one'));
  appendFileSync(place.path, '{"kind":"take","ke');
  place.open().keep({ ...key, repeat: 2 }, says('two'));
  const player = place.open();
  expect(player.next(key)).toEqual(says('one'));
  expect(player.next({ ...key, repeat: 2 })).toEqual(says('two'));
});

test('openCassette() begins an empty file, also where two processes do so at once', async () => {
  await using place = await world();
  mkdirSync(dirname(place.path));
  writeFileSync(place.path, '');
  expect(() => openCassette(place.path, { create: false })).toThrow('no header of a cassette');
  place.open().keep(key, says('one'));
  const [header = ''] = readFileSync(place.path, 'utf8').split('\n');
  appendFileSync(place.path, `${header}\n`);
  place.open().keep(key, says('two'));
  expect(place.open().next(key)).toEqual(says('two'));
});

test('Cassette.keepAvailability() adds what changes, and the last counts', async () => {
  await using place = await world();
  const gone = {
    status: 'unavailable',
    kind: 'not-installed',
    message: 'Found no codex',
    remedy: 'Install it',
  } as const;
  place.open().keepAvailability('codex', { status: 'available', where: '/usr/bin/codex' });
  place.open().keepAvailability('codex', { status: 'available', where: '/opt/codex' });
  const lines = readFileSync(place.path, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(place.open().availability('codex')).toEqual({ status: 'available', where: place.path });
  place.open().keepAvailability('codex', gone);
  expect(place.open().availability('codex')).toEqual(gone);
  expect(place.open().availability('grok')).toBeUndefined();
});
