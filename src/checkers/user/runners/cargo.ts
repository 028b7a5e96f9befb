import { basename, dirname, join } from 'node:path';
import type { Place, RunnerCommand, Toolchain } from './test-runner.ts';

/** Runs one integration test of a Cargo project, without a network. */
export function cargoCommand(tests: string, { scratch }: Place, cargo: Toolchain): RunnerCommand {
  return {
    program: cargo.program,
    args: ['test', '--offline', '--test', basename(tests, '.rs')],
    input: '',
    env: {
      PATH: `${dirname(cargo.program)}:/usr/bin:/bin`,
      CARGO_TARGET_DIR: join(scratch, 'target'),
      CARGO_HOME: join(scratch, 'home'),
    },
    readable: cargo.readable,
    own: [],
  };
}
