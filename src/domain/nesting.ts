/** What tells a program that a run started it how deep it is. */
export const depthVariable = 'ORCHESTRATOR_DEPTH';

type Environment = Readonly<Record<string, string | undefined>>;

/** How many runs this program is inside of. */
export function depthOf(env: Environment): number {
  const depth = Number(env[depthVariable] ?? 0);
  return Number.isSafeInteger(depth) && depth > 0 ? depth : 0;
}

/** Why no run may be begun by a program that a run started; undefined where one may. */
export function nestingRefusal(env: Environment): string | undefined {
  if (depthOf(env) === 0) return undefined;
  return 'Cannot begin a run inside of a run: the models of the outer one are asked already, and an answer of this one is wanted';
}
