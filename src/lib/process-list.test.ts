import { expect, test } from 'vitest';
import { listProcesses, parsePs, parseStat, startOf } from './process-list.ts';

const fields = '1 42 40 34816 42 4194304 1 0 0 0 0 0 0 0 20 0 1 0 987654 1000000 100';

test('parseStat() reads a name with spaces and parentheses', () => {
  expect(parseStat(`42 (a) b (c)) S ${fields}`)).toEqual({
    pid: 42,
    parent: 1,
    group: 42,
    session: 40,
    startedAt: 987_654,
  });
});

test('parseStat() gives nothing for the dead and for what is no stat', () => {
  expect(parseStat(`42 (dead) Z ${fields}`)).toBeUndefined();
  expect(parseStat('')).toBeUndefined();
});

test('parsePs() reads a line, and gives nothing for the dead', () => {
  expect(parsePs('  42     1    42      0 Ss  ')).toEqual({
    pid: 42,
    parent: 1,
    group: 42,
    session: 0,
    startedAt: 0,
  });
  expect(parsePs('  42     1    42      0 Z+')).toBeUndefined();
  expect(parsePs('')).toBeUndefined();
});

test.skipIf(process.platform === 'win32')('listProcesses() knows this process', async () => {
  const own = (await listProcesses()).find(({ pid }) => pid === process.pid);
  expect(own).toMatchObject({ parent: process.ppid, startedAt: startOf(process.pid) });
});
