import { expect, test } from 'vitest';
import { startOf } from '../lib/process-list.ts';
import { parsePsUsage, usageOfTree } from './usage-of-tree.ts';

test('usageOfTree() measures this process', async () => {
  const { pid } = process;
  const usage = await usageOfTree({ pid, startedAt: startOf(pid), mark: 'NONE=1' });
  expect(usage.rssKiB).toBeGreaterThan(10_000);
  expect(usage.tasks).toBeGreaterThanOrEqual(1);
});

test('parsePsUsage() reads what the ps of macOS prints', () => {
  expect(parsePsUsage('  20480   1:02.50')).toEqual({ rssKiB: 20_480, tasks: 1, cpuMs: 62_500 });
  expect(parsePsUsage('0 0:00.00')).toEqual({ rssKiB: 0, tasks: 1, cpuMs: 0 });
});
