import type { Confinement } from '../confinement.ts';
import { keenWatchOf } from '../watch-of.ts';

/** Confines nothing but time, output and, by looking, memory. It is used only where a person asked for it. */
export function noConfinement(): Confinement {
  return {
    level: 'none',
    mechanism: 'none: a plain process with a clock',
    promisesNot: [
      'Nothing is confined: the program can read, write, send and start what you can.',
      'Memory is looked at every 25 ms, and more can be taken meanwhile.',
    ],
    policyOf: () => undefined,
    wrap: (command) => ({
      program: command.program,
      args: command.args,
      env: command.env,
      cwd: command.cwd,
      reports: false,
      user: undefined,
      watch: keenWatchOf(command),
      mayLeaveProcesses: true,
    }),
  };
}
