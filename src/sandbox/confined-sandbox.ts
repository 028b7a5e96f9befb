import { lchownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfinedCommand, Sandbox } from '../domain/sandbox.ts';
import type { Confinement, SpawnPlan } from './confinement.ts';
import { neverStarted, supervise } from './supervise.ts';

/** A sandbox that starts programs by a way of confining them. */
export function confinedSandbox(confinement: Confinement): Sandbox {
  const { level, mechanism, promisesNot } = confinement;
  return {
    level,
    mechanism,
    promisesNot,
    start: (command, talk) => {
      const plan = confinement.wrap(command);
      if ('refused' in plan) return neverStarted(plan.refused);
      const fault = handOver(command, plan);
      return fault ? neverStarted(fault.message) : supervise(plan, command.limits, talk);
    },
  };
}

/** Gives a scratch to the user as whom the program runs, who is another when we are root. */
function handOver({ scratch }: ConfinedCommand, { user }: SpawnPlan): Error | undefined {
  if (!scratch || user === undefined) return undefined;
  try {
    const files = readdirSync(scratch.path, { recursive: true, encoding: 'utf8' });
    for (const file of ['.', ...files]) lchownSync(join(scratch.path, file), user, user);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error), { cause: error });
  }
}
