import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

/** Where the runs of these tests have their homes; `tools/test-vendors.mjs` makes it and removes it. */
export const folder: string = dirname(tmpdir());

/** All that the programs find by name: Node and the system's own. */
export const programPath: string = `${dirname(process.execPath)}:/usr/bin:/bin`;

/** No vendor's key. */
export const dummyKey: string = 'dummy-key-0123456789';

/** A word of every prompt, found nowhere else. */
export const marker: string = `marker-${process.pid}-${Date.now().toString(36)}`;
