import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answer, openPlace } from './cli-process.ts';
import {
  asked,
  batch,
  here,
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

describe.concurrent('orchestrator batch', () => {
  test('writes what came of each task as a line of JSON, and a summary', async () => {
    await using place = await openPlace();
    write(place, ['Task 1', { task: 'Task 2', id: 'two' }]);
    const ended = await run(place, '--models', 'codex');
    expect(ended.status, ended.stderr).toBe(0);
    expect(rowsOf(ended.stdout)).toMatchObject([
      { line: 1, id: null, status: 'complete', chosen: 'codex', error: null, cost: null },
      { line: 2, id: 'two', unpriced_calls: 1, files: [{ language: 'ruby' }] },
    ]);
    expect(ended.stderr).toContain('Finished 2 of 2 tasks');
    expect(ended.stderr).toMatch(/Status +2 complete/);
    expect(ended.stderr).toContain('cost unknown (2 calls)');
  });

  test('runs each task with its own options, and paths that start from its file', async () => {
    await using place = await openPlace();
    place.write('notes.txt', 'the notes');
    write(place, [
      { task: 'Task 1', models: ['grok'], context: ['notes.txt'] },
      { task: 'Task 2', context: [{ path: 'inner.txt', text: 'written inline' }] },
    ]);
    await run(place, '--models', 'codex', '--output', 'out.jsonl', '--concurrency', '1');
    expect(rowsIn(place).map(({ chosen }) => chosen)).toEqual(['grok', 'codex']);
    const [first, second] = place.server.requests.map(({ body }) => JSON.stringify(body));
    expect(first).toContain('the notes');
    expect(second).toContain('written inline');
    expect(second).not.toContain('the notes');
  });

  test.each(['--models', '--validators'])(
    'refuses an unknown model of %s at once',
    async (flag) => {
      await using place = await openPlace();
      write(place, ['Task 1', 'Task 2']);
      const ended = await run(place, flag, 'codec', '--output', 'out.jsonl');
      expect(ended.status).toBe(2);
      expect(ended.stderr.match(/codec/g)).toHaveLength(1);
      expect(existsSync(join(place.folder, 'out.jsonl'))).toBe(false);
      expect(place.server.requests).toEqual([]);
    },
  );

  test('reports each line that cannot be used with its number, and goes on with the rest', async () => {
    await using place = await openPlace();
    place.write(
      'tasks.jsonl',
      `{"task": "Task 1"\n\n{"task": "Task 3", "modle": "x"}\n"Task 4"\n{"task": "T", "timeout": -1}\n{"task":"T","context":["gone.txt"]}\n`,
    );
    const ended = await run(place, '--models', 'codex', '--output', 'out.jsonl');
    expect(ended.status).toBe(4);
    const rows = rowsIn(place);
    expect(rows.map(({ line, status }) => `${line} ${status}`)).toEqual([
      '1 invalid',
      '3 invalid',
      '4 complete',
      '5 invalid',
      '6 invalid',
    ]);
    expect(rows[1]?.error).toMatch(/the key "modle" is not known, wanted one of task, id, mode/);
    expect(rows[3]?.error).toContain('"timeout" cannot be used, wanted seconds from');
    expect(rows[4]?.error).toContain('there is no such file');
    expect(ended.stderr).toContain('Cannot use line 3: the key "modle"');
    expect(asked(place)).toEqual(['Task 4']);
    await run(place, '--models', 'codex', '--output', 'out.jsonl');
    expect(rowsIn(place)).toEqual(rows);
  });

  test('refuses results that another process writes, and a file of anything else', async () => {
    await using place = await placeThatHangs(0, 1);
    write(place, tasks(1));
    const more = ['--models', 'claude-code', '--output', 'out.jsonl'];
    const running = place.start(batch(place, ...more));
    await place.server.received(1);
    const refused = await run(place, ...more);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('another process');
    running.child.kill('SIGKILL');
    await running.ended;
    place.write('letter.txt', 'Dear friend\n');
    const other = await run(place, '--models', 'codex', '--output', 'letter.txt');
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('its line 1 is no result of a batch');
    expect(readFileSync(join(place.folder, 'letter.txt'), 'utf8')).toBe('Dear friend\n');
    const nowhere = await run(place, '--output', join('none', 'out.jsonl'));
    expect(nowhere.stderr).toMatch(
      /^Cannot write results to ".*out\.jsonl": its folder is not there\n/,
    );
    const folder = await run(place, '--output', '.');
    expect(folder).toMatchObject({ status: 2, stderr: expect.stringContaining('it is a folder') });
    const device = await run(place, '--output', '/dev/zero');
    expect(device).toMatchObject({ status: 2, stderr: expect.stringContaining('it is a device') });
    const itself = await run(place, '--output', 'tasks.jsonl');
    expect(itself.stderr).toContain('Cannot write the results into the file of the tasks');
  });

  test('brings what is in hand to its end at the first Ctrl-C, and tells how to go on', async () => {
    await using place = await openPlace({ codex: { text: answer, latencyMs: 300 } });
    write(place, tasks(10));
    const more = ['--models', 'codex', '--output', 'out.jsonl', '--concurrency', '2'];
    const running = place.start(batch(place, ...more));
    await place.server.received(2);
    running.child.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.status).toBe(130);
    expect(linesOf(rowsIn(place))).toEqual([1, 2]);
    expect(ended.stderr).toContain('Stopped after 2 of 10 tasks');
    expect(ended.stderr).toContain('To go on with it: orchestrator batch tasks.jsonl --config');
    expect(existsSync(join(place.folder, 'out.jsonl.lock'))).toBe(false);
  });

  test('holds back at SIGUSR2 and goes on at the next one', async () => {
    await using place = await openPlace({ codex: { text: answer, latencyMs: 100 } });
    write(place, tasks(5));
    const more = ['--models', 'codex', '--output', 'out.jsonl', '--concurrency', '1'];
    const running = place.start(batch(place, ...more));
    await place.server.received(1);
    running.child.kill('SIGUSR2');
    await toldBy(running, '(paused)');
    running.child.kill('SIGUSR2');
    const ended = await running.ended;
    expect(ended.status, ended.stderr).toBe(0);
    expect(linesOf(rowsIn(place))).toEqual(upTo(5));
  });

  test('reads tasks from stdin, and says that these need a name to be gone on with', async () => {
    await using place = await openPlace();
    const stdin = '"Task 1"\n"Task 2"\n';
    const args = ['batch', '-', '--config', place.config, ...here, '--models', 'codex'];
    const once = await place.run(args, { stdin });
    expect(linesOf(rowsOf(once.stdout))).toEqual([1, 2]);
    expect(once.stderr).toContain('tasks of a pipe need --batch NAME');
    await place.run([...args, '--batch', 'mine'], { stdin });
    await place.run([...args, '--batch', 'mine'], { stdin });
    expect(asked(place)).toHaveLength(4);
  });

  test.skipIf(process.platform === 'win32')('reads a pipe that has a path once', async () => {
    await using place = await openPlace();
    const pipe = join(place.folder, 'tasks.pipe');
    execFileSync('mkfifo', [pipe]);
    const args = ['batch', pipe, '--config', place.config, ...here, '--models', 'codex'];
    const [once] = await Promise.all([place.run(args), writeFile(pipe, '"Task 1"\n"Task 2"\n')]);
    expect(linesOf(rowsOf(once.stdout))).toEqual([1, 2]);
    expect(once.stderr).toContain('tasks of a pipe need --batch NAME');
  });

  test('reads a file as other programs save it, and no line that is not UTF-8', async () => {
    await using place = await openPlace();
    const lines = '\uFEFF"Task 1"\r\n"Task \u00e9"\r\n';
    const bytes = Buffer.concat([Buffer.from(lines), Buffer.from('"Task 3: \xff"', 'latin1')]);
    writeFileSync(join(place.folder, 'tasks.jsonl'), bytes);
    const ended = await run(place, '--models', 'codex');
    expect(rowsOf(ended.stdout).map(({ status }) => status)).toEqual([
      'complete',
      'complete',
      'invalid',
    ]);
    expect(ended.stderr).toContain('Cannot use line 3: it is not UTF-8 text');
  });

  test('prints the summary as JSON, with the failures and what the answers cost', async () => {
    await using place = await openPlace({
      codex: [{ text: answer, costUsd: 0.25 }, { status: 401 }],
    });
    write(place, tasks(2));
    const more = ['--models', 'codex', '--concurrency', '1', '--output', 'out.jsonl', '--json'];
    const ended = await run(place, ...more);
    expect(ended.status).toBe(4);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      tasks: 2,
      rows: 2,
      stopped: false,
      statuses: { complete: 1, failed: 1 },
      failures: { unauthorized: 1 },
      chosen: { codex: 1 },
      cost: 0.25,
      unpriced_calls: 1,
    });
  });

  test('says that a batch without history repeats what has no result', async () => {
    await using place = await openPlace();
    write(place, tasks(2));
    const args = ['batch', 'tasks.jsonl', '--config', place.config, '--models', 'codex'];
    const all = [...args, '--no-history', '--output', 'out.jsonl'];
    const ended = await place.run(all);
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stderr).toContain('Without a history');
    await place.run(all);
    expect(asked(place)).toHaveLength(2);
  });
});
