import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../src/config/environment.ts';
import { openPlace } from './cli-process.ts';

const task = {
  task_id: 'double',
  language: 'python',
  prompt: 'Write a Python function `double(x)` that doubles a whole number.',
  entry_point: 'double',
  tests: 'assert double(5) == 10\nassert double(-2) == -4',
  visible_tests: ['assert double(2) == 4'],
};
const answer = (model: string, body: string): object => ({
  ...task,
  model,
  sample_index: 0,
  raw_output: `\`\`\`python\ndef double(x):\n    return ${body}\n\`\`\``,
});
const pool = [answer('a', 'x * 2'), answer('b', 'x ** 2'), answer('c', 'x + x')]
  .map((row) => `${JSON.stringify(row)}\n`)
  .join('');

/** The command of the tests has no interpreters on its PATH. */
const env = { PATH: [dirname(process.execPath), readEnvironment()['PATH'] ?? ''].join(delimiter) };

describe.concurrent('orchestrator bench', () => {
  test('runs the candidates in a sandbox and prints a row for each rule', async () => {
    await using place = await openPlace();
    place.write('pool.jsonl', `${pool}{"task_id"`);
    const files = ['--svg', 'chart.svg', '--html', 'chart.html', '--details', 'tasks.jsonl'];
    const ended = await place.run(['bench', 'pool.jsonl', '--json', ...files], { env });
    expect(ended.status).toBe(0);
    expect(ended.stderr).toContain('Left out line 4 of pool.jsonl: it is not a JSON object');
    const { rows, ...report } = JSON.parse(ended.stdout);
    const rates = Object.fromEntries(
      rows.map((row: { rule: string; pass_rate: number }) => [row.rule, row.pass_rate]),
    );
    expect(rates).toMatchObject({ ours: 1, oracle: 1, mbr: 1, 'single:a': 1, 'single:b': 0 });
    expect(rates['random']).toBeCloseTo(2 / 3);
    expect(report).toMatchObject({ tasks: 1, candidates: 3, programs: 3, unscored: 0 });
    const written = (name: string): string => readFileSync(join(place.folder, name), 'utf8');
    expect(written('chart.svg')).toMatch(/^<svg [\s\S]*ours[\s\S]*<\/svg>\n$/);
    expect(written('chart.html')).toContain('<td>ours</td><td>100.0 %</td>');
    expect(JSON.parse(written('tasks.jsonl'))).toMatchObject({ task: 'double (python)' });
  });

  test('asks the models first with --ask, and not again what is kept', async () => {
    await using place = await openPlace();
    place.write('tasks.jsonl', JSON.stringify(task));
    const args = ['bench', 'tasks.jsonl', '--config', place.config, '--models', 'codex,grok'];
    const asking = [...args, '--ask', '--save', 'answers.jsonl'];
    const first = await place.run(asking, { env });
    expect(first.stderr).toContain('Asked 2 times, 2 answers; 0 were there before');
    expect(first.stdout).toContain('oracle');
    const again = await place.run(asking, { env });
    expect(again.stderr).toContain('Asked 0 times, 0 answers; 2 were there before');
    expect(place.server.requests).toHaveLength(2);
  });

  test.each([
    ['no pool', ['bench'], 'missing required argument'],
    ['a file that is not there', ['bench', 'none.jsonl'], 'Cannot read the pool'],
    ['--ask without --save', ['bench', '--ask', 'pool.jsonl'], 'without --save'],
    ['a share above one', ['bench', '--prior', 'a=2', 'pool.jsonl'], 'shares from 0 to 1'],
    ['a pool without answers', ['bench', 'tasks.jsonl'], 'no task with a prompt and an answer'],
    ['more models than there are', ['bench', '--panel', '9', 'pool.jsonl'], 'answers of 9 models'],
  ])('refuses %s as wrong usage', async (_, args, words) => {
    await using place = await openPlace();
    place.write('pool.jsonl', pool);
    place.write('tasks.jsonl', JSON.stringify(task));
    const { status, stderr } = await place.run(args, { env });
    expect(stderr).toContain(words);
    expect(status).toBe(2);
  });
});
