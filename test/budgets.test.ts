import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Orchestrator } from '../src/index.ts';
import { acceptance, answer, type Ended, models, openPlace, type Place } from './cli-process.ts';

/** With the usual 1000 tokens of an answer, a call is expected to cost one cent. */
const cent = { inputPerMillion: 0, outputPerMillion: 10 };

/** An answer that costs so many cents. */
const costing = (cents: number) => ({
  text: answer,
  usage: { inputTokens: 10, outputTokens: cents * 1000 },
});

/** Writes a configuration in which every model costs a cent a call; gives the options that name it. */
function priced(place: Place, config: object = {}, price: object | null = cent): string[] {
  const runners = models.map((model) => [
    model,
    { type: 'openai-compatible', baseURL: place.server.baseUrl, model, ...(price && { price }) },
  ]);
  const written = { runners: Object.fromEntries(runners), localServers: false, ...config };
  place.write('priced.json', JSON.stringify(written));
  return ['--config', join(place.folder, 'priced.json')];
}

const task = ['Add two numbers', '--no-model-tests', '--json', '--retries', '0'];
const only = (...names: string[]): string[] => [...task, '--models', ...names];
const kept = ['--history', 'runs.db'];
const spendingOf = ({ stdout }: Ended) => JSON.parse(stdout).spending;
const failuresOf = ({ stdout }: Ended): readonly string[] =>
  JSON.parse(stdout).outputs.flatMap(({ failure_kind }: { failure_kind: string | null }) =>
    failure_kind === null ? [] : [failure_kind],
  );

const hanging = { fault: 'hang-before-headers' } as const;

/** Kills a run with a budget of three cents while its validator reviews; gives the options to go on with it. */
async function interrupted(place: Place): Promise<string[]> {
  const options = [...priced(place), ...kept];
  const asked = [...only('codex'), '--validators', 'gemini', '--max-cost', '0.03'];
  const running = place.start([...asked, ...options]);
  await place.server.received(2);
  running.child.kill('SIGKILL');
  await running.ended;
  return options;
}

describe.concurrent('the budget of a run', () => {
  test('is told with what was spent', async () => {
    await using place = await openPlace({ codex: costing(2) });
    const ended = await place.run([...only('codex'), ...priced(place), '--max-cost', '0.05']);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(spendingOf(ended)).toEqual({
      cost: 0.02,
      known_cost: 0.02,
      tokens: 2010,
      estimated: false,
      unpriced: [],
      budgets: [
        {
          kind: 'run',
          name: JSON.parse(ended.stdout).metadata.run_id,
          max_cost: 0.05,
          max_tokens: null,
          cost: 0.02,
          tokens: 2010,
          unpriced: 0,
        },
      ],
    });
  });

  test('asks nobody where not even the least fits in it', async () => {
    await using place = await openPlace();
    const dear = await place.run([...only('codex'), ...priced(place), '--max-cost', '0.009']);
    expect(dear).toMatchObject({ status: 4, stdout: '' });
    expect(dear.stderr).toMatch(
      /^Cannot run the task: the budget of the run is \$0\.0090, with \$0\.0090 left and \$0\.0100 needed at least\. Raise/,
    );
    const long = await place.run([...only('codex'), ...priced(place), '--max-tokens', '50']);
    expect(long).toMatchObject({ status: 4, stderr: expect.stringContaining('50 tokens') });
    expect(place.server.requests).toEqual([]);
  });

  test('is not spent twice by calls at the same time', async () => {
    const replies = Object.fromEntries(models.map((model) => [model, costing(1)]));
    await using place = await openPlace(replies);
    const ended = await place.run([...only(...models), ...priced(place), '--max-cost', '0.025']);
    expect(ended.status, ended.stderr).toBe(3);
    expect(place.server.requests).toHaveLength(2);
    expect(failuresOf(ended)).toEqual(['budget-exhausted', 'budget-exhausted']);
    expect(spendingOf(ended)).toMatchObject({ cost: 0.02, tokens: 2020 });
  });

  test('leaves what a call did not use to those that wait for it', async () => {
    const replies = Object.fromEntries(models.map((model) => [model, costing(0.5)]));
    await using place = await openPlace(replies);
    const ended = await place.run([...only(...models), ...priced(place), '--max-cost', '0.025']);
    expect(ended.status, ended.stderr).toBe(0);
    expect(spendingOf(ended)).toMatchObject({ cost: 0.02 });
  });

  test('ends an answer in the middle when it is used up', async () => {
    const text = 'word '.repeat(20_000);
    await using place = await openPlace({ codex: { text, deltaLength: 100, gapMs: 1 } });
    const ended = await place.run([...only('codex'), ...priced(place), '--max-cost', '0.02']);
    expect(ended.status).toBe(4);
    expect(failuresOf(ended)).toEqual(['budget-exhausted']);
    const [{ raw_output: said }] = JSON.parse(ended.stdout).outputs;
    expect(text.startsWith(said)).toBe(true);
    // Four characters are a token, of which the budget has 2000; growing and telling take a moment.
    expect(said.length).toBeGreaterThan(6000);
    expect(said.length).toBeLessThan(20_000);
    const { cost, estimated, tokens } = spendingOf(ended);
    expect({ estimated, isAll: tokens >= said.length / 4 }).toEqual({
      estimated: true,
      isAll: true,
    });
    expect(cost).toBeCloseTo((said.length / 4) * 1e-5, 4);
  });

  test('says whose price is not known, and counts their tokens', async () => {
    await using place = await openPlace({ codex: costing(1), gemini: costing(1) });
    const options = [...priced(place, {}, null), '--max-cost', '0.01'];
    const ended = await place.run([...only('codex', 'gemini'), ...options]);
    expect(ended.stderr).toBe(
      'The budget in dollars does not cover codex, gemini: no price is known, set "price" in the configuration\n',
    );
    expect(ended.status).toBe(0);
    expect(spendingOf(ended)).toMatchObject({
      cost: null,
      known_cost: 0,
      tokens: 2020,
      unpriced: ['codex', 'gemini'],
      budgets: [{ cost: 0, unpriced: 2 }],
    });
  });

  test('counts what a vendor says that a call cost, also where no price is configured', async () => {
    await using place = await openPlace({ codex: { text: answer, costUsd: 0.03 } });
    const options = [...priced(place, {}, null), '--max-cost', '1'];
    const ended = await place.run([...only('codex'), ...options]);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(spendingOf(ended)).toMatchObject({ cost: 0.03, budgets: [{ cost: 0.03 }] });
  });

  test('counts the tries that failed, and asks no further one that does not fit', async () => {
    const broken = { text: 'x'.repeat(4000), fault: 'cut' as const };
    await using place = await openPlace({ codex: [broken, costing(1)] });
    const asked = [...only('codex'), ...priced(place), '--retries', '1'];
    const whole = await place.run([...asked, '--max-cost', '0.05']);
    expect(whole.status, whole.stderr).toBe(0);
    expect(spendingOf(whole).cost).toBeGreaterThan(0.01);
    await using other = await openPlace({ codex: [broken, costing(1)] });
    const tight = [...only('codex'), ...priced(other), '--retries', '1', '--max-cost', '0.0101'];
    const ended = await other.run(tight);
    expect(failuresOf(ended)).toEqual(['budget-exhausted']);
    expect(other.server.requests).toHaveLength(1);
  });

  test('has been used by what the run asked before it was killed', async () => {
    await using place = await openPlace({ codex: costing(1.5), gemini: hanging });
    const options = await interrupted(place);
    const resumed = await place.run(['resume', '--json', ...options, '--max-cost', '0.02']);
    expect(resumed.status, resumed.stderr).toBe(3);
    expect(failuresOf(resumed)).toEqual(['budget-exhausted']);
    expect(place.server.requests).toHaveLength(2);
    expect(spendingOf(resumed)).toMatchObject({ budgets: [{ max_cost: 0.02, cost: 0.015 }] });
  });

  test('stays with a run that is resumed without another one', async () => {
    const review = { text: acceptance, usage: { inputTokens: 1, outputTokens: 1000 } };
    await using place = await openPlace({ codex: costing(1.5), gemini: [hanging, review] });
    const resumed = await place.run(['resume', '--json', ...(await interrupted(place))]);
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(spendingOf(resumed)).toMatchObject({ budgets: [{ max_cost: 0.03, cost: 0.025 }] });
  });
});

describe.concurrent('a budget of all runs', () => {
  test('holds for processes at the same time', async () => {
    await using place = await openPlace({ codex: Array.from({ length: 5 }, () => costing(1)) });
    const options = [...priced(place, { budgets: { day: { cost: 0.03 } } }), ...kept];
    const all = await Promise.all(
      Array.from({ length: 5 }, () => place.run([...only('codex'), ...options])),
    );
    expect(all.map(({ status }) => status).toSorted()).toEqual([0, 0, 0, 4, 4]);
    expect(place.server.requests).toHaveLength(3);
  });

  test('counts what a process that was killed had booked', async () => {
    await using place = await openPlace({ codex: { fault: 'hang-before-headers' } });
    const options = [...priced(place, { budgets: { project: { cost: 0.015 } } }), ...kept];
    const running = place.start([...only('codex'), ...options]);
    await place.server.received(1);
    running.child.kill('SIGKILL');
    await running.ended;
    const ended = await place.run([...only('gemini'), ...options]);
    expect(ended).toMatchObject({ status: 4, stdout: '' });
    expect(ended.stderr).toContain('the budget of the project is $0.0150, with $0.0050 left');
    expect(place.server.requests).toHaveLength(1);
  });

  test('is refused where nothing remembers what was spent', async () => {
    await using place = await openPlace();
    const options = priced(place, { budgets: { day: { tokens: 100_000 } } });
    const ended = await place.run([...only('codex'), ...options, '--no-history']);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toContain('Cannot keep to the budget of the day');
    expect(place.server.requests).toEqual([]);
  });
});

test('orchestrator route estimates what a task uses, and says what is not known', async () => {
  await using place = await openPlace();
  const route = ['route', 'Add two numbers', '--models', 'codex', '--json'];
  const { stdout } = await place.run([...route, ...priced(place)]);
  expect(JSON.parse(stdout).estimate).toMatchObject({
    max_cost: null,
    max_tokens: null,
    unpriced: [],
    unbounded: ['codex'],
  });
  expect(JSON.parse(stdout).estimate.min_cost).toBeCloseTo(1e-5, 9);
});

test('Orchestrator.run() keeps to maxCost and maxTokens, and refuses what cannot be one', async () => {
  await using place = await openPlace({ codex: costing(1) });
  const codex = {
    type: 'openai-compatible',
    baseURL: place.server.baseUrl,
    model: 'codex',
    price: cent,
  } as const;
  const orchestrator = new Orchestrator({ config: { runners: { codex } } });
  const options = { models: ['codex'], modelTests: false };
  const code = 'budget-exceeded';
  await expect(orchestrator.run('Add', { ...options, maxCost: 0 })).rejects.toMatchObject({ code });
  await expect(orchestrator.run('Add', { ...options, maxTokens: 9 })).rejects.toMatchObject({
    code,
  });
  await expect(orchestrator.run('Add', { ...options, maxCost: -1 })).rejects.toMatchObject({
    code: 'bad-usage',
  });
  const { spending } = await orchestrator.run('Add', { ...options, maxCost: 0.01 });
  expect(spending).toMatchObject({ cost: 0.01, budgets: [{ kind: 'run', maxCost: 0.01 }] });
});

describe.concurrent('the budget of a batch', () => {
  test('leaves tasks undone that it has nothing for, and a higher one goes on with these alone', async () => {
    await using place = await openPlace({ codex: costing(1) });
    place.write('tasks.jsonl', [1, 2, 3, 4].map((number) => `"Task ${number}"`).join('\n'));
    const options = ['--models', 'codex', '--no-model-tests', '--concurrency', '1', '--json'];
    const batch = async (maxCost: string) => {
      const words = ['batch', 'tasks.jsonl', ...options, '--output', 'out.jsonl', '--max-cost'];
      return place.run([...words, maxCost, ...priced(place), ...kept]);
    };
    const first = await batch('0.02');
    expect(first.status, first.stderr).toBe(4);
    expect(JSON.parse(first.stdout).statuses).toEqual({ complete: 2, 'over-budget': 2 });
    expect(first.stderr).toContain('2 tasks undone for want of budget');
    const second = await batch('0.05');
    expect(second.status, second.stderr).toBe(0);
    expect(JSON.parse(second.stdout).statuses).toEqual({ complete: 4 });
    expect(place.server.requests).toHaveLength(4);
  });

  test('is refused where nobody keeps what was spent', async () => {
    await using place = await openPlace();
    place.write('tasks.jsonl', '"Task 1"');
    const words = ['batch', 'tasks.jsonl', '--no-history', '--max-cost', '1'];
    const ended = await place.run([...words, ...priced(place)]);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('Cannot keep to the budget of the batch');
  });
});
