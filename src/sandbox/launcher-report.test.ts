import { expect, test } from 'vitest';
import { readLauncherReport } from './launcher-report.ts';

test('readLauncherReport() reads a status of wait and what was used', () => {
  expect(readLauncherReport('ended 768 12500 2048\n')).toEqual({
    kind: 'ended',
    status: { status: 'exited', code: 3 },
    cpuMs: 12.5,
    maxRssKiB: 2048,
  });
});

test('readLauncherReport() names the signal that ended a program, with a core or without', () => {
  expect(readLauncherReport('ended 9 0 0\n')).toMatchObject({ status: { signal: 'SIGKILL' } });
  expect(readLauncherReport('ended 134 0 0\n')).toMatchObject({ status: { signal: 'SIGABRT' } });
});

test('readLauncherReport() believes a fault before an end', () => {
  expect(readLauncherReport('fault exec: no\nended 32256 0 0\n')).toEqual({
    kind: 'fault',
    message: 'exec: no',
  });
});

test('readLauncherReport() reads nothing from nothing', () => {
  expect(readLauncherReport('')).toBeUndefined();
});
