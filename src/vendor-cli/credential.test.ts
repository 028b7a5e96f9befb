import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CredentialSource, findCredential } from './credential.ts';

const sources: readonly CredentialSource[] = [
  { type: 'key', variable: 'STRONG_KEY' },
  { type: 'login', folderVariable: 'TOOL_HOME', folder: '.tool', file: 'auth.json' },
  { type: 'key', variable: 'WEAK_KEY', passedAs: 'STRONG_KEY' },
];

describe('findCredential()', () => {
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'credential-'));
    await mkdir(join(home, '.tool'));
    await writeFile(join(home, '.tool', 'auth.json'), '{}');
    await mkdir(join(home, 'empty'));
    await writeFile(join(home, 'empty', 'auth.json'), '');
  });
  afterAll(() => rm(home, { recursive: true }));

  test('takes the strongest that is there', async () => {
    const all = { STRONG_KEY: 'strong', WEAK_KEY: 'weak', HOME: home };
    expect(await findCredential(sources, all)).toEqual({
      status: 'key',
      variable: 'STRONG_KEY',
      value: 'strong',
    });
    expect(await findCredential(sources, { ...all, STRONG_KEY: ' ' })).toEqual({ status: 'login' });
  });

  test('passes a weaker key under the name that the program knows', async () => {
    expect(await findCredential(sources, { WEAK_KEY: 'weak' })).toEqual({
      status: 'key',
      variable: 'STRONG_KEY',
      value: 'weak',
    });
  });

  test('looks for the login in the named folder first, and takes no empty file for one', async () => {
    const named = { HOME: home, TOOL_HOME: join(home, 'empty') };
    expect(await findCredential(sources, named)).toEqual({ status: 'none' });
  });

  test('gives none without home folder', async () => {
    expect(await findCredential(sources, {})).toEqual({ status: 'none' });
  });
});
