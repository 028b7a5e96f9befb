import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ConfinedStatus, defaultSandboxLimits } from '../domain/sandbox.ts';
import { supervise } from './supervise.ts';

const limits = { ...defaultSandboxLimits, writableMiB: 2 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervise-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function outcomeOf(script: string): Promise<ConfinedStatus> {
  const plan = {
    program: '/bin/sh',
    args: ['-c', script],
    env: { PATH: '/usr/bin:/bin' },
    cwd: folder,
    reports: false,
    user: undefined,
    // So rarely that no look falls into the life of the program.
    watch: { everyMs: 600_000, memoryMiB: 512, tasks: 64, folder },
    mayLeaveProcesses: false,
  };
  const program = supervise(plan, limits, {
    signal: new AbortController().signal,
    onOutput: () => undefined,
  });
  return (await program.ended).outcome;
}

test('supervise() refuses a program that filled its scratch and ended before it was looked at', async () => {
  expect(await outcomeOf('head -c 3000000 /dev/urandom > a')).toEqual({ status: 'disk-limit' });
});

test('supervise() lets a program end that left its scratch within its limit', async () => {
  expect(await outcomeOf('head -c 1000000 /dev/urandom > a; exit 4')).toEqual({
    status: 'exited',
    code: 4,
  });
});
