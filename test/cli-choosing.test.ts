import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../src/config/environment.ts';
import { openPlace, type Place } from './cli-process.ts';

const right = '```python\ndef add(a, b):\n    return a + b\n```\n';
const wrong = right.replace('a + b', 'a - b');
const task = 'Write a Python function `add(a, b)` that adds two numbers.\n\n>>> add(2, 3)\n5\n';

/** Where Python and what confines it are looked for. */
const env = { PATH: readEnvironment()['PATH'] ?? '' };

/** The models that were asked for an answer, in order. */
function answering({ server }: Place): readonly string[] {
  return server.requests
    .map(({ body }) => [String(Object(body).model), JSON.stringify(body)] as const)
    .filter(([, text]) => !/You review an answer|You write tests|Several answers/.test(text))
    .map(([model]) => model)
    .toSorted();
}

function merging({ server }: Place): number {
  return server.requests.filter(({ body }) =>
    JSON.stringify(body).includes('Several answers to one'),
  ).length;
}

describe.concurrent('orchestrator and how many answers it asks for', () => {
  test('asks each model as often as --samples says, and has a row for each answer', async () => {
    await using place = await openPlace();
    const { status, stdout } = await place.ask([
      '--json',
      task,
      '--samples',
      '3',
      '--mode',
      'medium',
    ]);
    const asked = answering(place);
    expect([status, asked.length]).toEqual([0, 6]);
    expect(new Set(asked).size).toBe(2);
    expect(JSON.parse(stdout).outputs).toHaveLength(7);
  });

  test('asks one model as often as --samples says of it', async () => {
    await using place = await openPlace();
    const models = ['--models', 'codex', 'grok'];
    await place.ask([task, ...models, '--samples', 'codex:2']);
    expect(answering(place)).toEqual(['codex', 'codex', 'grok']);
  });

  test('refuses samples of a model that is not asked', async () => {
    await using place = await openPlace();
    const ended = await place.ask([task, '--models', 'grok', '--samples', 'codex:2']);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('Cannot ask "codex" for samples');
    expect(place.server.requests).toEqual([]);
  });

  test('leaves it at one answer with --adaptive where that settles it', async () => {
    await using place = await openPlace({ codex: { text: right } });
    const args = ['--json', task, '--models', 'codex', 'grok', '--adaptive'];
    const { status, stdout } = await place.ask(args, { env });
    expect(answering(place)).toEqual(['codex']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).outputs[1]).toMatchObject({ failure_kind: 'not-needed' });
  });

  test('asks the others with --adaptive where the first answer is wrong', async () => {
    await using place = await openPlace({ codex: { text: wrong }, grok: { text: right } });
    const args = [task, '--models', 'codex', 'grok', '--adaptive'];
    const { stdout } = await place.ask(args, { env });
    expect(answering(place)).toEqual(['codex', 'grok']);
    expect(stdout).toContain('a + b');
  });

  test.each([
    ['always', 1],
    ['never', 0],
    ['auto', 0],
  ])('writes a merged answer with --merge %s: %i', async (when, count) => {
    await using place = await openPlace({ codex: { text: wrong }, grok: { text: right } });
    const { stdout } = await place.ask([task, '--models', 'codex', 'grok', '--merge', when], {
      env,
    });
    expect(merging(place)).toBe(count);
    expect(stdout).toContain('a + b');
  });
});
