import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readTask, type TaskArguments } from './read-task.ts';
import { textMaxBytes } from './read-text-file.ts';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'read-task-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
});

interface Given extends Partial<TaskArguments> {
  readonly stdin?: string;
  readonly terminal?: boolean;
}

function read({ words = [], marked = false, lists = {}, stdin = '', terminal }: Given) {
  // Only what reading needs of a terminal is there.
  const stream = Object.assign(Readable.from([Buffer.from(stdin)]), {
    isTTY: terminal === true,
  }) as unknown as ReadStream;
  return readTask({ words, marked, lists }, { stdin: stream, cwd });
}

test('readTask() gives the argument as it is', async () => {
  expect(await read({ words: ['  Build it\n'] })).toBe('  Build it\n');
});

test('readTask() reads stdin in a pipe without an argument', async () => {
  expect(await read({ stdin: 'Build\nit\n' })).toBe('Build\nit');
});

test('readTask() reads stdin for "-", also from a terminal', async () => {
  expect(await read({ words: ['-'], stdin: 'Build it\n', terminal: true })).toBe('Build it');
});

test('readTask() leaves stdin alone when there is an argument', async () => {
  expect(await read({ words: ['Build it'], stdin: 'other' })).toBe('Build it');
});

test('readTask() reads the file after "@"', async () => {
  writeFileSync(join(cwd, 'task.md'), '\ufeffBuild it\n\n');
  expect(await read({ words: ['@task.md'] })).toBe('Build it');
});

test.each([
  ['an argument', { words: [' \n'] }],
  ['"-" with nothing on stdin', { words: ['-'], stdin: ' ' }],
])('readTask() refuses an empty task from %s', async (_, given) => {
  await expect(read(given)).rejects.toThrow('Cannot run an empty task');
});

test('readTask() says how to give a task when a pipe brings none', async () => {
  await expect(read({ stdin: '\n' })).rejects.toMatchObject({
    code: 'bad-usage',
    message: 'Cannot start without a task: found no argument, and nothing on stdin',
  });
});

test('readTask() does not wait for a terminal without an argument', async () => {
  await expect(read({ stdin: 'typed', terminal: true })).rejects.toThrow('without a task');
});

test('readTask() says that a list of names took the task', async () => {
  await expect(read({ lists: { '--models': ['a', 'Build it'] } })).rejects.toMatchObject({
    message:
      'Cannot find the task: --models took every argument up to the next option, "Build it" included',
    hint: 'Put the task before --models, or after --',
  });
});

test('readTask() takes the task from stdin beside a list of names', async () => {
  expect(await read({ lists: { '--models': ['a', 'b'] }, stdin: 'Build it' })).toBe('Build it');
});

test('readTask() guesses that a list took a task of one word when there is none', async () => {
  await expect(read({ lists: { '--context': ['a.ts', 'build'] } })).rejects.toMatchObject({
    hint: 'If "build" is the task, put it before --context, or after --',
  });
});

test('readTask() asks for quotes around several words', async () => {
  await expect(read({ words: ['Build', 'it'] })).rejects.toMatchObject({
    message: 'Cannot tell the task: found 2 arguments ("Build", "it"), wanted one',
    hint: 'Put it in quotes: orchestrator "Build it"',
  });
});

test('readTask() asks what the name of a command after options means', async () => {
  await expect(read({ words: ['models'] })).rejects.toThrow('is a command or the task');
  expect(await read({ words: ['models'], marked: true })).toBe('models');
});

test.each([
  ['a missing file', 'nowhere.md', 'there is no such file'],
  ['a directory', '.', 'it is a directory'],
  ['a binary file', 'binary', 'it is not UTF-8 text'],
  ['a file that is not UTF-8', 'latin', 'it is not UTF-8 text'],
  ['a file that is too long', 'long', 'it is longer than 1 MiB'],
])('readTask() refuses %s', async (_, path, reason) => {
  writeFileSync(join(cwd, 'binary'), 'a\0b');
  writeFileSync(join(cwd, 'latin'), Buffer.from([0x61, 0xe4]));
  writeFileSync(join(cwd, 'long'), 'a'.repeat(textMaxBytes + 1));
  await expect(read({ words: [`@${path}`] })).rejects.toMatchObject({
    code: 'unreadable-file',
    message: expect.stringContaining(reason),
  });
});

test.each([
  ['doctr', 'doctor'],
  ['modles', 'models'],
  ['rotue', 'route'],
  ['hlep', 'help'],
])('readTask() refuses "%s", which was probably meant as a command', async (word, meant) => {
  const refusal = {
    code: 'bad-usage',
    message: `Cannot tell whether "${word}" is the task or a mistyped command`,
    hint: `Did you mean orchestrator ${meant}? If it is the task: orchestrator ask ${word}`,
  };
  await expect(read({ words: [word] })).rejects.toMatchObject(refusal);
  await expect(read({ words: [word, 'more'] })).rejects.toMatchObject(refusal);
  expect(await read({ words: [word], marked: true })).toBe(word);
});

test.each(['fibonacci', 'quicksort', 'task', 'demonstrate', 'doctor me'])(
  'readTask() takes "%s" for a task',
  async (word) => {
    expect(await read({ words: [word] })).toBe(word);
  },
);
