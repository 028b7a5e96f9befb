import type { Plan } from '../domain/plan.ts';
import { canRun, type ObserveTools } from '../observe/observe.ts';

/** Whether the answers to a plan are run at all: designs are not, and nothing is where nothing here runs code. */
export async function runsCode(
  { route }: Plan,
  { executors }: Pick<ObserveTools, 'executors'>,
): Promise<boolean> {
  return route.mode !== 'architectural' && (await canRun(null, executors));
}
