import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../src/domain/event.ts';
import { sqliteHistory } from '../src/history/sqlite/sqlite-history.ts';
import { answered, plan, seat, task } from '../src/testing/builders.ts';
import { openPlace } from './cli-process.ts';

const here = ['--history', 'runs.db'];
const json = (stdout: string) => JSON.parse(stdout);

const ask = ['Add two numbers', '--models', 'codex', 'grok', '--merge', 'never'];

/** Keeps so many runs in which a runner answered alone and passed the person's check. */
async function keepVerified(path: string, runner: string, count: number): Promise<void> {
  const tools = { now: Date.now, holder: 'test', isGone: () => true };
  const store = sqliteHistory(path, tools);
  const only = seat('primary-1', runner);
  const check = { checker: 'command', file: null, outcome: { status: 'passed' } } as const;
  const verdict = { seat: only.id, status: 'passed', checks: [check], tokens: null } as const;
  const events: readonly StoredEvent[] = [
    { type: 'plan-made', value: plan([only]) },
    { type: 'attempt-ended', seat: only.id, value: answered(only, 'x') },
    { type: 'verdict-given', seat: only.id, value: verdict },
    { type: 'run-ended', status: 'complete' },
  ];
  for (let run = 0; run < count; run++) {
    const atMs = Date.now();
    const held = await store.begin({ type: 'run-started', task: task('x'), atMs });
    for (const event of events) await held.append({ ...event, atMs });
  }
  await store.close();
}

describe.concurrent('orchestrator stats', () => {
  test('says how the models fared, asking nobody', async () => {
    await using place = await openPlace({ grok: { status: 401 } });
    await place.ask([...ask, ...here]);
    const asked = place.server.requests.length;
    const { status, stdout } = await place.run(['stats', '--json', ...here]);
    expect(status).toBe(0);
    expect(json(stdout).models).toMatchObject([
      {
        runner: 'codex',
        category: 'general',
        asked: 1,
        answered: 1,
        uncompared: 1,
        win_rate: null,
      },
    ]);
    expect((await place.run(['stats', ...here])).stdout).toMatch(/codex +general +1 +0 +0 +few/);
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
    await keepVerified(join(place.folder, 'runs.db'), 'grok', 20);
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
