import { lchownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfinedCommand, Sandbox } from '../domain/sandbox.ts';
import type { Confinement, SpawnPlan } from './confinement.ts';
import { neverStarted, notStarted, supervise } from './supervise.ts';

/** A sandbox that starts programs by a way of confining them. */
export function confinedSandbox(confinement: Confinement): Sandbox {
  const { level, mechanism, promisesNot } = confinement;
  return {
    level,
    mechanism,
    promisesNot,
    policyOf: (command) => confinement.policyOf(command),
    start: (command, talk) => {
      const plan = confinement.wrap(command);
      if ('refused' in plan) return neverStarted(notStarted(plan.refused));
      const fault = handOver(command, plan);
      return fault
        ? neverStarted(notStarted(fault.message))
        : supervise(plan, command.limits, talk);
    },
  };
}

/** Gives a scratch to the user as whom the program runs, who is another when we are root. */
function handOver({ scratch }: ConfinedCommand, { user }: SpawnPlan): Error | undefined {
  if (!scratch || user === undefined) return undefined;
  try {
    giveAway(scratch.path, user);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error), { cause: error });
  }
}

/** Never by way of a link: a program could have left one to a file of ours. */
function giveAway(folder: string, user: number): void {
  lchownSync(folder, user, user);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveAway(path, user);
    else lchownSync(path, user, user);
  }
}
