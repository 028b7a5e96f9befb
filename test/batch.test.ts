import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answer, type Ended, openPlace, type Place, type Running } from './cli-process.ts';

const here = ['--history', 'runs.db', '--mode', 'simple'];
const asked = (place: Place): readonly string[] =>
  place.server.requests.map(({ body }) => /Task (\d+)/.exec(JSON.stringify(body))?.[0] ?? '');
const write = (place: Place, lines: readonly unknown[], name = 'tasks.jsonl'): void =>
  place.write(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
const tasks = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `Task ${index + 1}: write add(a, b)`);
const batch = (place: Place, ...more: readonly string[]): readonly string[] => [
  'batch',
  'tasks.jsonl',
  '--config',
  place.config,
  ...here,
  ...more,
];
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .toSorted((one, other) => one.line - other.line);
const rowsIn = (place: Place, name = 'out.jsonl') =>
  rowsOf(readFileSync(join(place.folder, name), 'utf8'));
const linesOf = (rows: readonly { line: number }[]): readonly number[] =>
  rows.map(({ line }) => line);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

async function run(place: Place, ...more: readonly string[]): Promise<Ended> {
  return place.run(batch(place, ...more));
}

async function killWhenAsked(place: Place, count: number, running: Running): Promise<void> {
  await place.server.received(count);
  running.child.kill('SIGKILL');
  await running.ended;
}

/** A place whose models answer the first calls and leave the others in the air until there were more than that. */
function placeThatHangs(after: number, until: number) {
  const reply = (index: number) =>
    index < after || index >= until ? { text: answer } : ({ fault: 'hang-in-stream' } as const);
  return openPlace({ 'claude-code': Array.from({ length: until }, (_, index) => reply(index)) });
}

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
    expect(rows[1].error).toMatch(/the key "modle" is not known, wanted one of task, id, mode/);
    expect(rows[3].error).toContain('"timeout" cannot be used, wanted seconds from');
    expect(rows[4].error).toContain('there is no such file');
    expect(ended.stderr).toContain('Cannot use line 3: the key "modle"');
    expect(asked(place)).toEqual(['Task 4']);
    await run(place, '--models', 'codex', '--output', 'out.jsonl');
    expect(rowsIn(place)).toEqual(rows);
  });

  test('goes on after kill -9, loses nothing, and makes no finished call again', async () => {
    await using place = await placeThatHangs(7, 10);
    write(place, tasks(20));
    const more = ['--models', 'claude-code', '--output', 'out.jsonl', '--concurrency', '3'];
    await killWhenAsked(place, 10, place.start(batch(place, ...more)));
    const before = rowsIn(place);
    expect(before.length).toBeGreaterThan(0);
    const ended = await run(place, ...more);
    expect(ended.status, ended.stderr).toBe(0);
    expect(linesOf(rowsIn(place))).toEqual(upTo(20));
    // Three calls were in the air when the process was killed, and every other task was asked once.
    expect(asked(place)).toHaveLength(23);
    expect(new Set(asked(place)).size).toBe(20);
    const again = await run(place, ...more);
    expect(again.stderr).toContain('20 of them from before');
    expect(linesOf(rowsIn(place))).toEqual(upTo(20));
    expect(asked(place)).toHaveLength(23);
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
    write(place, tasks(24));
    const both = await Promise.all(
      ['one.jsonl', 'two.jsonl'].map((output) =>
        run(place, '--models', 'codex', '--output', output, '--concurrency', '2'),
      ),
    );
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(asked(place).toSorted()).toEqual(
      tasks(24)
        .map((task) => /Task \d+/.exec(task)?.[0])
        .toSorted(),
    );
    const [one, two] = [rowsIn(place, 'one.jsonl'), rowsIn(place, 'two.jsonl')];
    expect(linesOf(one)).toEqual(upTo(24));
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
    expect(once.stderr).toContain('tasks on stdin need --batch NAME');
    await place.run([...args, '--batch', 'mine'], { stdin });
    await place.run([...args, '--batch', 'mine'], { stdin });
    expect(asked(place)).toHaveLength(4);
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

async function toldBy({ child }: Running, words: string): Promise<void> {
  let told = '';
  await new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk) => {
      told += chunk;
      if (told.includes(words)) resolve();
    });
  });
}
