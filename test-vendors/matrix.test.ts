import { readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, test } from 'vitest';
import { type Asked, askVendor } from './ask-vendor.ts';
import { cases, usualTimeoutMs } from './cases.ts';
import { marker } from './environment.ts';
import { filesWith } from './files-with.ts';
import { areInstalled, vendors } from './vendors.ts';

/** Read by `npm run vendors:matrix`. */
const results = new URL('../.cache/vendors/matrix.json', import.meta.url);
const rows: Record<string, Record<string, object>> = {};

describe.skipIf(!areInstalled).each(vendors)('$type', (vendor) => {
  test.concurrent.each(cases)('$name', async (wanted) => {
    const asked = await askVendor(vendor, wanted);
    const kind = kindOf(asked);
    rows[wanted.name] = {
      ...rows[wanted.name],
      [vendor.type]: { kind, requests: asked.requests, seconds: asked.durationMs / 1000 },
    };
    expect(wanted.kinds, JSON.stringify(asked.attempt)).toContain(kind);
    expect(asked.requests).toBeLessThanOrEqual(wanted.maxRequests);
    expect(asked.durationMs).toBeLessThan((wanted.timeoutMs ?? usualTimeoutMs) + 2000);
    expect(asked.left).toEqual([]);
    expect(asked.leaks).toEqual([]);
  });
});

describe.skipIf(!areInstalled)('after all', () => {
  test('no folder of a run is left, and no prompt, where temporary files go', () => {
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('orchestrator-'))).toEqual([]);
    expect(filesWith(marker, tmpdir())).toEqual([]);
  });
});

afterAll(() => {
  if (!areInstalled) return;
  const inOrder = cases.flatMap(({ name }) => (rows[name] ? [[name, rows[name]]] : []));
  writeFileSync(results, JSON.stringify(Object.fromEntries(inOrder), null, 2));
});

function kindOf({ attempt }: Asked): string {
  return attempt.status === 'failed' ? attempt.failure.kind : attempt.status;
}
