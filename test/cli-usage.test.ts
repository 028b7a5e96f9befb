import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { code, openPlace } from './cli-process.ts';

describe.concurrent('the task', () => {
  test.each([
    ['an argument before a list of models', ['Add two', '--models', 'codex', 'grok'], ''],
    ['an argument after -- behind a list of models', ['--models', 'codex', '--', 'Add two'], ''],
    ['stdin without an argument', ['--models', 'codex'], 'Add two\n'],
    ['stdin for -', ['-', '--models', 'codex'], 'Add two\n'],
    ['a file', ['@task.md', '--models', 'codex'], ''],
  ] as const)('comes from %s', async (_, args, stdin) => {
    await using place = await openPlace();
    place.write('task.md', 'Add two\n');
    expect(await place.ask(args, { stdin })).toMatchObject({ status: 0, stdout: code });
    expect(JSON.stringify(place.server.requests[0]?.body)).toContain('Add two');
  });

  test('may begin with the name of a command, and be one after --', async () => {
    await using place = await openPlace();
    const whole = await place.ask(['--json', '--models', 'codex', '--', 'route the traffic']);
    const single = await place.ask(['--json', '--models', 'codex', '--', 'models']);
    const tasks = [whole, single].map(({ stdout }) => JSON.parse(stdout).task);
    expect(tasks).toEqual(['route the traffic', 'models']);
  });

  test.each([['doctr'], ['models']])('may be the word %s after ask', async (word) => {
    await using place = await openPlace();
    const { stdout } = await place.run([
      'ask',
      word,
      '--json',
      '--config',
      place.config,
      '--models',
      'codex',
    ]);
    expect(JSON.parse(stdout).task).toBe(word);
  });
});

describe.concurrent('wrong usage ends with 2, one line on stderr and nobody asked', () => {
  test.each([
    ['no task in a pipe', [], 'Cannot start without a task'],
    ['an empty task', [' '], 'Cannot run an empty task'],
    ['a mode that is none', ['Add', '--mode', 'huge'], 'Cannot use --mode "huge": wanted simple'],
    [
      'a time that is none',
      ['Add', '--timeout', '-5'],
      'Cannot use --timeout "-5": wanted seconds',
    ],
    ['retries that are none', ['Add', '--retries', 'two'], 'Cannot use --retries "two": wanted'],
    [
      'an option that is none',
      ['Add', '--modle', 'x'],
      "unknown option '--modle' (Did you mean --mo",
    ],
    ['an option without its value', ['Add', '--mode'], "'-m, --mode <mode>' argument missing"],
    [
      'a model that is none',
      ['Add', '--models', 'nobody'],
      'Cannot ask "nobody": known runners are',
    ],
    ['a task without quotes', ['Add', 'two'], 'found 2 arguments ("Add", "two"), wanted one'],
    ['a task that an option took', ['--models', 'a', 'Add two'], 'Put the task before --models'],
    ['a mistyped command', ['doctr'], 'Did you mean orchestrator doctor? If it'],
    ['a late command', ['--strict', 'models'], 'whether "models" is a command or the task'],
    ['a check that is empty', ['Add', '--check', ' '], 'Cannot use an empty --check'],
    ['tests that are missing', ['Add', '--tests', 'none.py'], 'there is no such file'],
    ['tests of no known kind', ['Add', '--tests', 'task.rb'], 'no runner is known for it, wanted'],
    ['data tests that are none', ['Add', '--tests', 'task.json'], 'it is no JSON'],
    [
      'a folder of checks that is missing',
      ['Add', '--check', 'true', '--check-in', 'none'],
      'there is no such folder',
    ],
    [
      'a time of checks that is none',
      ['Add', '--check-timeout', 'x'],
      'Cannot use --check-timeout "x": wanted seconds',
    ],
    [
      'a task file that is missing',
      ['@none.md'],
      'Cannot read the task file "none.md": there is no',
    ],
    [
      'context that is missing',
      ['Add', '--context', 'no.py'],
      'Cannot read the context file "no.py"',
    ],
    ['context that is a directory', ['Add', '--context', '.'], 'it is a directory'],
    ['context that is binary', ['Add', '--context', 'binary'], 'it is not UTF-8 text'],
    ['context that is huge', ['Add', '--context', 'huge'], 'it is longer than 1 MiB'],
    ['an output that is a file', ['Add', '--output', 'huge'], 'it is a file, and a directory is'],
    ['help with what is none', ['help', 'nothing'], 'Cannot help with "nothing": wanted one of'],
  ] as const)('%s', async (_, args, line) => {
    await using place = await openPlace();
    place.write('task.rb', '1');
    place.write('task.json', '[');
    place.write('binary', 'a\0b');
    place.write('huge', 'a'.repeat(1024 * 1024 + 1));
    const { status, stdout, stderr } = await place.run(args, {
      env: { ORCHESTRATOR_CONFIG: place.config },
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(place.server.requests).toEqual([]);
  });

  test('a configuration file that is none', async () => {
    await using place = await openPlace();
    place.write('bad.json', '{ "timeuot": 5 }');
    const { status, stderr } = await place.run(['Add', '--config', 'bad.json']);
    expect(status).toBe(2);
    expect(stderr).toContain('timeuot');
  });
});

describe.skipIf(!existsSync('/dev/zero'))('a device in the place of a file', () => {
  test.concurrent.each([
    ['a task', ['@/dev/zero']],
    ['context', ['Add', '--context', '/dev/zero']],
    ['tests', ['Add', '--tests', 'zero.py']],
    ['a configuration', ['models', '--config', 'zero.json']],
    ['a cassette', ['Add', '--replay', '/dev/zero']],
    ['a batch', ['batch', '/dev/zero', '--batch', 'zero']],
    ['an export', ['redecide', '/dev/zero']],
    ['a pool', ['bench', '/dev/zero']],
    ['a history', ['history', '--history', '/dev/zero']],
  ] as const)('is refused for %s', async (_, args) => {
    await using place = await openPlace();
    for (const name of ['zero.py', 'zero.json']) symlinkSync('/dev/zero', join(place.folder, name));
    const { status, stdout, stderr } = await place.run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^Cannot .* it is a device.*\n$/);
  });
});

describe.concurrent('help and version', () => {
  test.each([['--help'], ['help']])('%s prints the help with the exit codes', async (arg) => {
    await using place = await openPlace();
    const { status, stdout, stderr } = await place.run([arg]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: orchestrator \[options\] "task"\n/);
    expect(stdout).toContain('130  cancelled by Ctrl-C');
  });

  test('help of a command prints its own', async () => {
    await using place = await openPlace();
    const [first, second] = [await place.run(['help', 'route']), await place.run(['route', '-h'])];
    expect(first.stdout).toMatch(/^Usage: orchestrator route/);
    expect(second).toEqual(first);
  });

  test.each([['--version'], ['-V']])('%s prints the version', async (arg) => {
    await using place = await openPlace();
    const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    const { version } = JSON.parse(manifest);
    expect(await place.run([arg])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect((await place.run([arg, '--json'])).stdout).toBe(`${version}\n`);
  });
});

describe.concurrent('color', () => {
  const controlStart = '\x1b[';

  test('is left out in a pipe, and kept where FORCE_COLOR is set', async () => {
    await using place = await openPlace();
    const args = ['models', '--config', place.config];
    expect((await place.run(args)).stdout).not.toContain(controlStart);
    expect((await place.run(args, { env: { FORCE_COLOR: '1' } })).stdout).toContain(controlStart);
    const both = { FORCE_COLOR: '1', NO_COLOR: '1' };
    expect((await place.run(args, { env: both })).stdout).not.toContain(controlStart);
  });

  test('never gets into an answer in a pipe', async () => {
    await using place = await openPlace();
    const ended = await place.ask(['Add', '--models', 'codex'], { env: { FORCE_COLOR: '1' } });
    expect(ended.stdout).toBe(code);
  });
});
