import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { packageFile } from '../../lib/package-file.ts';
import { chooseSandbox } from '../../sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../../sandbox/probe-sandboxes.ts';
import { typeChecker } from './type-checker.ts';

const folder = await mkdtemp(join(tmpdir(), 'type-checker-'));
const choice = chooseSandbox(
  await probeSandboxes({
    cacheFolder: folder,
    allowsNone: false,
    deno: undefined,
    levels: ['kernel'],
  }),
  'kernel',
);
const sandbox = choice.status === 'chosen' ? choice.sandbox : undefined;
await symlink(packageFile('node_modules'), join(folder, 'node_modules'));

afterAll(() => rm(folder, { recursive: true, force: true }));

async function outcomesOf(language: string, text: string): Promise<readonly unknown[]> {
  const checks = { commands: [], tests: [], given: [], folder, timeoutMs: 60_000 };
  await using checker = typeChecker(checks, {
    sandbox: async () => sandbox ?? { because: 'none' },
    env: { PATH: '/usr/bin:/bin' },
    context: [],
  });
  const files = [{ path: null, language, text }] as const;
  const candidate = { status: 'code', seat: 'primary-1', files, prose: '' } as const;
  const rows = await checker.check(candidate, new AbortController().signal);
  return rows.map(({ outcome }) => outcome);
}

describe.skipIf(sandbox === undefined)('typeChecker()', () => {
  test('fails an answer in TypeScript with a type error, and names the line', async () => {
    const text = 'import { f } from "not-installed";\nexport const a: number = "a";\nf(a);\n';
    expect(await outcomesOf('typescript', text)).toEqual([
      { status: 'failed', line: 2, message: expect.stringContaining('TS2322') },
    ]);
  });

  test('passes one that only imports what is not installed', async () => {
    const text =
      'import * as React from "react-not-here";\nexport const A = () => <p>{React.a}</p>;\n';
    expect(await outcomesOf('tsx', text)).toEqual([{ status: 'passed' }]);
  });

  test('has nothing to say of a language without a checker', async () => {
    expect(await outcomesOf('python', 'a: int = "a"\n')).toEqual([]);
    expect(await outcomesOf('ruby', 'a = 1')).toEqual([]);
  });
});
