import { realpathSync } from 'node:fs';
import type { Toolchain } from './toolchain.ts';

/** MiB that V8 reserves for code, by architecture; the kernel counts them as data from the start. */
const codeRangeMiB: Readonly<Record<string, number>> = { x64: 512, arm64: 128 };

/** The Node that runs us, as a confined program is run by it. */
export function nodeToolchain(): Toolchain {
  return {
    program: realpathSync(process.execPath),
    args: ['--max-old-space-size=256', '--max-semi-space-size=8'],
    readable: [],
    // The system's own file is not readable, and without it Node would not start.
    env: { OPENSSL_CONF: '/dev/null' },
    addressSpace: { reservedMiB: codeRangeMiB[process.arch] ?? 512 },
    version: process.versions.node,
  };
}
