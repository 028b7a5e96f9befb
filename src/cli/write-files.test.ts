import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { CodeFile } from '../domain/candidate.ts';
import { writeFiles } from './write-files.ts';

let outside: string;
let directory: string;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'write-files-'));
  directory = join(outside, 'out');
  mkdirSync(directory);
  onTestFinished(() => rmSync(outside, { recursive: true }));
});

const file = (path: string | null, text = 'text\n'): CodeFile => ({
  path,
  language: 'python',
  text,
});
const write = (files: readonly CodeFile[], force = false): Promise<readonly string[]> =>
  writeFiles(files, { directory, force });
const written = (): readonly string[] =>
  readdirSync(outside, { recursive: true, encoding: 'utf8' }).toSorted();

test('writeFiles() writes each file at its path and gives the paths', async () => {
  const paths = await write([file('src/a.py', 'a\n'), file('b.py', 'b')]);
  expect(paths).toEqual([join(directory, 'src/a.py'), join(directory, 'b.py')]);
  expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['a\n', 'b\n']);
});

test('writeFiles() makes the directory when it is missing', async () => {
  directory = join(directory, 'deep', 'er');
  expect(await write([file(null)])).toEqual([join(directory, 'answer.py')]);
});

test('writeFiles() leaves nothing but the files', async () => {
  await write([file('a.py'), file('b/c.py')]);
  expect(written()).toEqual(['out', 'out/a.py', 'out/b', 'out/b/c.py']);
});

test('writeFiles() refuses to write over a file and writes none of the others', async () => {
  writeFileSync(join(directory, 'b.py'), 'mine');
  await expect(write([file('a.py'), file('b.py')])).rejects.toMatchObject({
    code: 'unwritable-output',
    message: 'Cannot write "b.py": the file exists, and --force is not given',
  });
  expect(written()).toEqual(['out', 'out/b.py']);
  expect(readFileSync(join(directory, 'b.py'), 'utf8')).toBe('mine');
});

test('writeFiles() writes over a file when forced', async () => {
  writeFileSync(join(directory, 'b.py'), 'mine');
  await write([file('b.py', 'theirs\n')], true);
  expect(readFileSync(join(directory, 'b.py'), 'utf8')).toBe('theirs\n');
});

test.each([
  ['../x.py', 'leads out of the directory'],
  ['a/../../x.py', 'leads out of the directory'],
  ['a/../x.py', 'leads out of the directory'],
  ['..\\x.py', 'leads out of the directory'],
  ['/x.py', 'the path is absolute'],
  ['C:\\x.py', 'the path is absolute'],
  ['c:x.py', 'the path is absolute'],
  ['\\\\server\\x.py', 'the path is absolute'],
  ['', 'names no file'],
  ['.', 'names no file'],
  ['a/', 'names no file'],
  ['a//b.py', 'names no file'],
  ['a\0.py', 'control characters'],
  ['a\x1b[2J.py', 'control characters'],
  ['.git/hooks/pre-commit', 'inside .git'],
  ['a/.GIT/config', 'inside .git'],
])('writeFiles() refuses the path %j, forced or not', async (path, reason) => {
  await expect(write([file('good.py'), file(path)], true)).rejects.toThrow(reason);
  expect(written()).toEqual(['out']);
});

test('writeFiles() does not let control characters of a path reach the terminal', async () => {
  await expect(write([file('a\x1b[2J.py')])).rejects.toThrow('"a\\u001b[2J.py"');
});

test('writeFiles() refuses to write through a link to a directory', async () => {
  mkdirSync(join(outside, 'elsewhere'));
  symlinkSync(join(outside, 'elsewhere'), join(directory, 'link'));
  await expect(write([file('link/x.py')], true)).rejects.toThrow('"link" is a symbolic link');
  expect(readdirSync(join(outside, 'elsewhere'))).toEqual([]);
});

test('writeFiles() refuses to write through a link to a file, dangling or not', async () => {
  symlinkSync(join(outside, 'target.py'), join(directory, 'x.py'));
  await expect(write([file('x.py')], true)).rejects.toThrow('"x.py": it is a symbolic link');
  writeFileSync(join(outside, 'target.py'), 'mine');
  await expect(write([file('x.py')], true)).rejects.toThrow('"x.py": it is a symbolic link');
  expect(readFileSync(join(outside, 'target.py'), 'utf8')).toBe('mine');
});

test('writeFiles() follows a link that is the directory itself', async () => {
  symlinkSync(directory, join(outside, 'alias'));
  const paths = await writeFiles([file('a.py')], {
    directory: join(outside, 'alias'),
    force: false,
  });
  expect(paths).toEqual([join(directory, 'a.py')]);
});

test('writeFiles() refuses a file in the place of a directory, and the other way round', async () => {
  writeFileSync(join(directory, 'a'), '');
  mkdirSync(join(directory, 'b'));
  await expect(write([file('a/x.py')], true)).rejects.toThrow('"a" is a file');
  await expect(write([file('b')], true)).rejects.toThrow('there is a directory of this name');
});

test('writeFiles() refuses an answer whose files are in the way of each other', async () => {
  await expect(write([file('a.py'), file('A.py')])).rejects.toThrow('two files of this name');
  await expect(write([file('a'), file('./a/b.py')])).rejects.toThrow('also has a directory');
  expect(written()).toEqual(['out']);
});

test('writeFiles() refuses a directory that is a file', async () => {
  directory = join(directory, 'taken');
  writeFileSync(directory, '');
  await expect(write([file('a.py')])).rejects.toThrow('it is a file, and a directory is wanted');
});

test.skipIf(process.platform !== 'linux')(
  'writeFiles() says so where no directory can be made',
  async () => {
    directory = '/proc/none/deeper';
    await expect(write([file('a.py')])).rejects.toThrow(/^Cannot write to "\/proc/);
  },
);
