import { describe, expect, test, vi } from 'vitest';
import { vendorServer } from '../src/testing/vendor-servers/vendor-server.ts';
import { marker } from './environment.ts';
import { startCommand } from './start-command.ts';
import { areInstalled, vendors } from './vendors.ts';

const withPrograms = describe.skipIf(!areInstalled);
const hanging = { fault: 'hang-in-stream', text: 'One two three. '.repeat(20) } as const;

withPrograms.each(vendors)('orchestrator with $type', (vendor) => {
  // The history holds the task on purpose.
  const asked = [`Say hello to ${marker}`, '--mode', 'simple', '--models', vendor.type];
  const args = [...asked, '--no-history'];

  test.concurrent('leaves nothing behind after Ctrl-C', async () => {
    await using server = await vendorServer({ replies: hanging, models: [vendor.model] });
    using started = startCommand(args, [vendor], server.baseUrl);
    await server.received(1);
    started.child.kill('SIGINT');
    expect(await started.ended).toEqual({ status: 130, stdout: '' });
    expect(await started.left()).toEqual([]);
  });

  test.concurrent('leaves nothing behind 5 s after kill -9', async () => {
    await using server = await vendorServer({ replies: hanging, models: [vendor.model] });
    using started = startCommand(args, [vendor], server.baseUrl);
    await server.received(1);
    started.child.kill('SIGKILL');
    const isClean = async () => (await started.left()).length === 0;
    await vi.waitUntil(isClean, { timeout: 5000, interval: 100 });
  });
});

withPrograms('orchestrator doctor', () => {
  test('finds the tested versions', async () => {
    await using server = await vendorServer();
    using started = startCommand(['doctor', '--offline'], vendors, server.baseUrl);
    const { stdout } = await started.ended;
    for (const { type } of vendors) {
      expect(stdout).toMatch(new RegExp(`^${type} .*ready +[\\d.]+ +yes +key set`, 'm'));
    }
    expect(await started.left()).toEqual([]);
  });
});
