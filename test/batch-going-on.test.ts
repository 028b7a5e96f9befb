import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answer, openPlace } from './cli-process.ts';
import {
  asked,
  batch,
  killWhenAsked,
  linesOf,
  placeThatHangs,
  rowsIn,
  rowsOf,
  run,
  tasks,
  toldBy,
  upTo,
  write,
} from './support/batch-place.ts';

describe.concurrent('orchestrator batch, when it is called again', () => {
  test('goes on after kill -9, loses nothing, and makes no finished call again', async () => {
    await using place = await placeThatHangs(4, 6);
    write(place, tasks(12));
    const more = ['--models', 'claude-code', '--output', 'out.jsonl', '--concurrency', '2'];
    await killWhenAsked(place, 6, place.start(batch(place, ...more)));
    const before = rowsIn(place);
    expect(before.length).toBeGreaterThan(0);
    const ended = await run(place, ...more);
    expect(ended.status, ended.stderr).toBe(0);
    expect(linesOf(rowsIn(place))).toEqual(upTo(12));
    // Two calls were in the air when the process was killed, and every other task was asked once.
    expect(asked(place)).toHaveLength(14);
    expect(new Set(asked(place)).size).toBe(12);
    const again = await run(place, ...more);
    expect(again.stderr).toContain('12 of them from before');
    expect(linesOf(rowsIn(place))).toEqual(upTo(12));
    expect(asked(place)).toHaveLength(14);
  });

  test('removes a torn last line of the results, and writes it anew without asking', async () => {
    await using place = await openPlace();
    write(place, tasks(3));
    const more = ['--models', 'codex', '--output', 'out.jsonl'];
    await run(place, ...more);
    const path = join(place.folder, 'out.jsonl');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.slice(0, -20));
    const ended = await run(place, ...more);
    expect(ended.status, ended.stderr).toBe(0);
    expect(rowsIn(place)).toEqual(rowsOf(whole));
    expect(asked(place)).toHaveLength(3);
  });

  test('runs a changed line anew, and no other', async () => {
    await using place = await openPlace();
    const more = ['--models', 'codex', '--output', 'out.jsonl'];
    write(place, tasks(3));
    await run(place, ...more);
    write(place, ['Task 9', ...tasks(3).slice(1)]);
    await run(place, ...more);
    expect(asked(place).slice(3)).toEqual(['Task 9']);
    expect(linesOf(rowsIn(place))).toEqual([1, 1, 2, 3]);
  });

  test('writes again what is known on stdout, and only what is new with --only-new', async () => {
    await using place = await openPlace();
    write(place, tasks(2));
    const first = await run(place, '--models', 'codex');
    const second = await run(place, '--models', 'codex');
    expect(rowsOf(second.stdout)).toEqual(rowsOf(first.stdout));
    appendFileSync(join(place.folder, 'tasks.jsonl'), '"Task 3"\n');
    const third = await run(place, '--models', 'codex', '--only-new');
    expect(linesOf(rowsOf(third.stdout))).toEqual([3]);
    expect(asked(place)).toHaveLength(3);
  });

  test('shares the work of a batch between two processes, and both have every result', async () => {
    await using place = await openPlace();
    write(place, tasks(12));
    const both = await Promise.all(
      ['one.jsonl', 'two.jsonl'].map((output) =>
        run(place, '--models', 'codex', '--output', output, '--concurrency', '2'),
      ),
    );
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(asked(place).toSorted()).toEqual(
      tasks(12)
        .map((task) => /Task \d+/.exec(task)?.[0])
        .toSorted(),
    );
    const [one, two] = [rowsIn(place, 'one.jsonl'), rowsIn(place, 'two.jsonl')];
    expect(linesOf(one)).toEqual(upTo(12));
    expect(one).toEqual(two);
  });

  test('takes over what a process did not bring to its end that was killed meanwhile', async () => {
    await using place = await placeThatHangs(0, 2);
    write(place, tasks(6));
    const more = ['--models', 'claude-code', '--concurrency', '2', '--output'];
    const first = place.start(batch(place, ...more, 'one.jsonl'));
    await place.server.received(2);
    const second = place.start(batch(place, ...more, 'two.jsonl'));
    await place.server.received(6);
    first.child.kill('SIGKILL');
    const ended = await second.ended;
    expect(ended.status, ended.stderr).toBe(0);
    expect(linesOf(rowsIn(place, 'two.jsonl'))).toEqual(upTo(6));
    expect(asked(place)).toHaveLength(8);
  });

  test('leaves what is in hand at the second Ctrl-C, so that it can be gone on with', async () => {
    await using place = await placeThatHangs(1, 2);
    write(place, tasks(4));
    const more = ['--models', 'claude-code', '--output', 'out.jsonl', '--concurrency', '1'];
    const running = place.start(batch(place, ...more));
    await place.server.received(2);
    running.child.kill('SIGINT');
    await toldBy(running, 'once more to leave them');
    running.child.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.status).toBe(130);
    const { stdout } = await place.run(['history', '--json', '--history', 'runs.db']);
    expect(JSON.parse(stdout).runs.map(({ status }: { status: string }) => status)).toEqual([
      'interrupted',
      'complete',
    ]);
    const again = await run(place, ...more);
    expect(again.status, again.stderr).toBe(0);
    expect(linesOf(rowsIn(place))).toEqual(upTo(4));
  });

  test('goes on with a run that could not go on, as without a model that is there again', async () => {
    await using place = await openPlace();
    write(place, ['Task 1', { task: 'Task 2', models: ['another'] }]);
    const more = ['--models', 'codex', '--output', 'out.jsonl'];
    for (const _ of ['first', 'again']) {
      const ended = await run(place, ...more);
      expect(ended.status, ended.stderr).toBe(4);
      expect(ended.stderr).toContain('Finished 2 of 2 tasks');
      expect(ended.stderr).toContain('Cannot run line 2');
      expect(rowsIn(place).map(({ status }) => status)).toEqual(['complete', 'not-run']);
    }
    const { server } = place;
    place.configure({
      another: { type: 'openai-compatible', baseURL: `${server.baseUrl}/v1`, model: 'another' },
    });
    const ended = await run(place, ...more);
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stderr).toMatch(/Status +2 complete/);
    expect(rowsIn(place).map(({ line, status }) => `${line} ${status}`)).toEqual([
      '1 complete',
      '2 not-run',
      '2 complete',
    ]);
    expect(asked(place)).toEqual(['Task 1', 'Task 2']);
  });

  test('runs what came to no answer anew with --retry-failed, and nothing else', async () => {
    await using place = await openPlace({
      codex: [{ status: 401 }, { text: answer }, { status: 401 }],
    });
    write(place, tasks(2));
    const more = ['--models', 'codex', '--concurrency', '1', '--output', 'out.jsonl'];
    expect((await run(place, ...more)).status).toBe(4);
    expect((await run(place, ...more)).status).toBe(4);
    expect(asked(place)).toHaveLength(2);
    expect((await run(place, ...more, '--retry-failed')).status).toBe(4);
    const ended = await run(place, ...more, '--retry-failed');
    expect(ended.status, ended.stderr).toBe(0);
    expect(asked(place)).toEqual(['Task 1', 'Task 2', 'Task 1', 'Task 1']);
    expect(rowsIn(place).map(({ line, status }) => `${line} ${status}`)).toEqual([
      '1 failed',
      '1 failed',
      '1 complete',
      '2 complete',
    ]);
    const last = await run(place, ...more);
    expect(last.status, last.stderr).toBe(0);
    expect(last.stderr).toContain('Finished 2 of 2 tasks');
  });
});
