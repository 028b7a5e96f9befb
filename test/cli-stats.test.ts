import { describe, expect, test } from 'vitest';
import { openPlace } from './cli-process.ts';

const here = ['--history', 'runs.db'];
const json = (stdout: string) => JSON.parse(stdout);

/** Answers of a language that is not run; the second one does not parse as the first does. */
const pass = ['--check', 'true'];
const ask = ['Add two numbers', '--models', 'codex', 'grok', '--merge', 'never'];

describe.concurrent('orchestrator stats', () => {
  test('says how the models fared, asking nobody', async () => {
    await using place = await openPlace({ grok: { status: 401 } });
    await place.ask([...ask, ...here]);
    await place.ask([...ask, ...here]);
    const asked = place.server.requests.length;
    const { status, stdout } = await place.run(['stats', '--json', ...here]);
    expect(status).toBe(0);
    expect(json(stdout).models).toMatchObject([
      {
        runner: 'codex',
        category: 'general',
        asked: 2,
        answered: 2,
        uncompared: 2,
        win_rate: null,
      },
    ]);
    expect((await place.run(['stats', ...here])).stdout).toMatch(/codex +general +2 +0 +0 +few/);
    expect(place.server.requests).toHaveLength(asked);
  });

  test('counts by category and time, and nothing of a run that was deleted', async () => {
    await using place = await openPlace();
    await place.ask([...ask, ...here]);
    const models = async (...args: readonly string[]) =>
      json((await place.run(['stats', '--json', ...here, ...args])).stdout).models;
    expect(await models('--category', 'general', '--since', '1h')).toHaveLength(2);
    expect(await models('--category', 'data')).toEqual([]);
    await place.run(['delete', '--older-than', '2100-01-01', ...here]);
    expect(await models()).toEqual([]);
  });

  test('says in one line that nothing is known yet', async () => {
    await using place = await openPlace();
    const { status, stdout, stderr } = await place.run(['stats', ...here]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^Nothing is known of any model: .+\n$/);
  });
});

describe.concurrent('--route learned', () => {
  test('takes the usual route and says why, without enough runs', async () => {
    await using place = await openPlace();
    const args = ['route', 'Add two numbers', '--route', 'learned', '--config', place.config];
    const { stdout } = await place.run([...args, '--json', ...here]);
    expect(json(stdout)).toMatchObject({
      primaries: ['claude-code', 'codex'],
      learning: { status: 'not-used', because: expect.stringContaining('wanted 20') },
    });
    const off = await place.run([...args, '--no-history']);
    expect(off.stdout).toMatch(/Learned +not used: no runs are kept/);
  });

  test('draws the order by what was verified, and shows it with the result', async () => {
    await using place = await openPlace();
    const once = ['Add two numbers', '--mode', 'simple', '--models', 'grok', ...pass, ...here];
    for (let run = 0; run < 20; run++) await place.ask(once);
    const learned = ['Add two numbers', '--route', 'learned', ...here];
    const { learning } = json(
      (await place.run(['route', ...learned, '--config', place.config, '--json'])).stdout,
    );
    expect(learning).toMatchObject({ status: 'used' });
    const grok = learning.draws.find(({ runner }: { runner: string }) => runner === 'grok');
    expect(grok).toMatchObject({ won: 20, decided: 20 });
    const ran = json((await place.ask([...learned, '--json'])).stdout);
    expect(ran.metadata.learning).toMatchObject({ status: 'used' });
    const [first, second] = ran.metadata.learning.draws;
    expect(ran.outputs.slice(0, 2).map(({ model }: { model: string }) => model)).toEqual([
      first.runner,
      second.runner,
    ]);
    const shown = json(
      (await place.run(['show', '--last', '--json', ...here, '--config', place.config])).stdout,
    );
    expect(shown.metadata.learning).toEqual(ran.metadata.learning);
  });

  test('names what it takes', async () => {
    await using place = await openPlace();
    const { status, stderr } = await place.run(['route', 'Add', '--route', 'best']);
    expect(status).toBe(2);
    expect(stderr).toContain('Cannot use --route "best": wanted usual or learned');
  });
});
