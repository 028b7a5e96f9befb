import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileChunks, type PipePatience } from './file-chunks.ts';
import { whyUnreadable } from './file-trouble.ts';

const impatient: PipePatience = { looks: 2, everyMs: 1 };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chunks-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function textOf(path: string, patience?: PipePatience): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of fileChunks(path, patience)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const troubleOf = (path: string): Promise<string> =>
  textOf(path, impatient).then(
    () => 'none',
    (error: unknown) => whyUnreadable(error),
  );

test('fileChunks() reads a file to its end', async () => {
  const path = join(folder, 'a');
  const text = 'abc\n'.repeat(50_000);
  writeFileSync(path, text);
  expect(await textOf(path)).toBe(text);
  expect(await troubleOf(folder)).toContain('it is a directory');
  expect(await troubleOf(join(folder, 'none'))).toBe('there is no such file');
});

describe.skipIf(!existsSync('/dev/zero'))('where there are devices and pipes', () => {
  test('fileChunks() refuses a device, and a pipe to which nobody writes', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await troubleOf('/dev/zero')).toBe('it is a device, and a file or a pipe is wanted');
    expect(await troubleOf(pipe)).toBe('it is a pipe to which nobody writes');
  });

  test('fileChunks() reads what is written to a pipe until it is closed, however late', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reading = textOf(pipe);
    const writer = await open(pipe, 'w');
    await writer.write('first ');
    await writer.write('second');
    await writer.close();
    expect(await reading).toBe('first second');
  });
});
