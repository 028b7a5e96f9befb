import { expect, test } from 'vitest';
import { loadCommand } from '../load-command.ts';
import { completeLine } from './complete-line.ts';

const sources = {
  command: loadCommand,
  runners: async () => [
    { word: 'codex', about: '' },
    { word: 'gemini', about: '' },
  ],
  runs: async () => [{ word: 'abcdefghij', about: 'complete: Add two' }],
  files: async (start: string) => [{ word: `${start}sk.md`, about: '' }],
};
const nobody = async () => {
  throw new Error('must not be asked');
};
const silent = { command: loadCommand, runners: nobody, runs: nobody, files: nobody };
const words = async (line: readonly string[]) =>
  (await completeLine(line, sources)).map(({ word }) => word);

test('completeLine() gives the commands for the first word, with what they are for', async () => {
  const found = await completeLine(['mod'], silent);
  expect(found).toEqual([{ word: 'models', about: expect.stringContaining('what can be asked') }]);
  expect(await words([''])).toContain('help');
});

test('completeLine() gives the options of the command, and those of ask without one', async () => {
  expect(await words(['history', '--s'])).toEqual(['--status', '--since']);
  expect(await words(['--rep'])).toEqual(['--replay', '--replay-pace']);
});

test.each([
  [
    ['--mode', 'a'],
    ['architectural', 'auto'],
  ],
  [['-m', 'si'], ['simple']],
  [
    ['ask', '--merge', ''],
    ['auto', 'never', 'always'],
  ],
  [
    ['history', '--status', 'c'],
    ['complete', 'cancelled'],
  ],
  [['serve', '--log-level', 'd'], ['debug']],
  [
    ['--models', ''],
    ['codex', 'gemini'],
  ],
  [['--models', 'codex', 'g'], ['gemini']],
  [['--models', 'codex', '--mode', 'me'], ['medium']],
  [['show', ''], ['abcdefghij']],
  [['open', 'abc'], ['abcdefghij']],
  [['delete', 'zzzz', 'a'], ['abcdefghij']],
  [['completion', 'f'], ['fish']],
  [['help', 'red'], ['redecide']],
  [['--mode=me'], ['--mode=medium']],
  [
    ['ask', '--merge='],
    ['--merge=auto', '--merge=never', '--merge=always'],
  ],
  [['--models=g'], ['--models=gemini']],
  [['@ta'], ['@task.md']],
  [['route', '--mode', 'simple', '@sub/ta'], ['@sub/task.md']],
  [['ask', '--', '@'], ['@sk.md']],
])('completeLine() gives for %j the words %j', async (line, found) => {
  expect((await words(line)).toSorted()).toEqual(found.toSorted());
});

test.each([
  [['--context', '']],
  [['--config', 'a']],
  [['--timeout', '']],
  [['--config=a']],
  [['--nothing=']],
  [['--', '--mode=']],
  [['--context', '@']],
  [['doctor', '@']],
  [['Write add', '']],
  [['--', '']],
])('completeLine() leaves %j to the shell, and asks for nothing', async (line) => {
  expect(await completeLine(line, silent)).toEqual([]);
});
