import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { code, openPlace, type Place } from './cli-process.ts';

const ask = ['Add two numbers', '--models', 'codex', '--json', '--no-history'];

/** Runs with a cache folder of its own. */
const inCache = (place: Place, args: readonly string[]) =>
  place.ask(args, { env: { XDG_CACHE_HOME: join(place.folder, 'cache') } });

const outputsOf = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout).outputs;

function entries(place: Place): number {
  return readdirSync(place.folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /[0-9a-f]{64}$/.test(path),
  ).length;
}

describe.concurrent('orchestrator --cache', () => {
  test('gives an answer of before, asking nobody, which costs nothing', async () => {
    await using place = await openPlace({
      codex: { text: 'A text', usage: { inputTokens: 40, outputTokens: 60 }, costUsd: 0.5 },
    });
    await inCache(place, [...ask, '--cache']);
    const again = await inCache(place, [...ask, '--cache']);
    expect(place.server.requests).toHaveLength(1);
    expect(outputsOf(again)).toMatchObject([
      {
        raw_output: 'A text',
        source: 'cache',
        attempts: 0,
        cost: 0,
        usage: { input_tokens: 0, output_tokens: 0 },
        spared: { usage: { input_tokens: 40, output_tokens: 60 } },
      },
    ]);
    const shown = await inCache(place, [
      ...ask.filter((word) => word !== '--json'),
      '--cache',
      '-v',
    ]);
    expect(shown.stderr).toContain('codex  answered from the cache');
  });

  test('is used by nobody who does not ask for it', async () => {
    await using place = await openPlace();
    await inCache(place, ask);
    expect(entries(place)).toBe(0);
    await inCache(place, [...ask, '--cache']);
    expect(outputsOf(await inCache(place, ask))).toMatchObject([{ source: 'model' }]);
    expect(place.server.requests).toHaveLength(3);
  });

  test('keeps no failure', async () => {
    await using place = await openPlace({ codex: [{ status: 401 }] });
    expect((await inCache(place, [...ask, '--cache'])).status).toBe(4);
    expect(entries(place)).toBe(0);
    expect((await inCache(place, [...ask, '--cache'])).status).toBe(0);
  });

  test('gives no answer of another model, of other parameters or of another prompt', async () => {
    await using place = await openPlace();
    const at = { type: 'openai-compatible', baseURL: place.server.baseUrl };
    const askWith = async (codex: object, ...more: string[]): Promise<number> => {
      const config = place.configure({ codex: { ...at, ...codex } });
      const env = { XDG_CACHE_HOME: join(place.folder, 'cache') };
      await place.run([...ask, '--cache', '--config', config, ...more], { env });
      return place.server.requests.length;
    };
    expect(await askWith({ model: 'codex' })).toBe(1);
    expect(
      await askWith({
        model: 'codex',
        timeout: 50,
        price: { inputPerMillion: 1, outputPerMillion: 1 },
      }),
    ).toBe(1);
    expect(await askWith({ model: 'codex-2' })).toBe(2);
    expect(await askWith({ model: 'codex', maxOutputTokens: 900 })).toBe(3);
    expect(await askWith({ model: 'codex', headers: { 'x-variant': 'b' } })).toBe(4);
    place.write('context.txt', 'Some context');
    expect(await askWith({ model: 'codex' }, '--context', 'context.txt')).toBe(5);
    expect(await askWith({ model: 'codex' })).toBe(5);
  });

  test('keeps the samples of a model apart', async () => {
    await using place = await openPlace({ codex: [{ text: 'First' }, { text: 'Second' }] });
    const sampled = [...ask, '--cache', '--samples', '2'];
    const texts = (ended: { readonly stdout: string }) =>
      outputsOf(ended).map(({ raw_output }: { raw_output: string }) => raw_output);
    const first = texts(await inCache(place, sampled));
    expect(first.toSorted()).toEqual(['First', 'Second']);
    expect(texts(await inCache(place, sampled))).toEqual(first);
    expect(place.server.requests).toHaveLength(2);
  });

  test('is shared by processes at once', async () => {
    await using place = await openPlace();
    const plain = ask.filter((word) => word !== '--json');
    const runs = Array.from({ length: 5 }, () => inCache(place, [...plain, '--cache']));
    expect((await Promise.all(runs)).map(({ stdout }) => stdout)).toEqual(Array(5).fill(code));
    expect(entries(place)).toBe(1);
    const asked = place.server.requests.length;
    await inCache(place, [...ask, '--cache']);
    expect(place.server.requests).toHaveLength(asked);
  });

  test('is shown and cleared', async () => {
    await using place = await openPlace();
    await inCache(place, [...ask, '--cache']);
    const cache = async (...words: string[]) =>
      place.run(['cache', ...words], { env: { XDG_CACHE_HOME: join(place.folder, 'cache') } });
    const shown = await cache('--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({ use: false, entries: 1, max_age_days: 30 });
    expect((await cache()).stdout).toMatch(/^1 answer, 0\.0 of 256 MiB, for 30 days at most\n/);
    expect((await cache('clear')).stderr).toBe('Removed 1 answer\n');
    expect(entries(place)).toBe(0);
    expect((await cache('claer')).status).toBe(2);
  });

  test('stands back for a cassette, which has to hold every request', async () => {
    await using place = await openPlace();
    await inCache(place, [...ask, '--cache']);
    await inCache(place, [...ask, '--cache', '--record', 'tape.jsonl']);
    expect(place.server.requests).toHaveLength(2);
    const played = await inCache(place, [...ask, '--cache', '--replay', 'tape.jsonl']);
    expect(outputsOf(played)).toMatchObject([{ source: 'cassette' }]);
  });
});
