import type { PerformJob } from '../domain/engine.ts';
import { OrchestratorError } from '../domain/mistake.ts';
import { executorOf } from './perform-run.ts';
import { enterRun, type RunParts } from './run-task.ts';

/** Performs the jobs of an engine, any number at once. */
export interface JobPerformer extends AsyncDisposable {
  /**
   * Brings the run of a job to its end, from where the history has it. Rejects with `budget-exceeded` when it cannot be
   * begun for want of budget, with `run-in-use` while another process
   * goes on with it, with `bad-history` when it cannot be kept, and with `cancelled` when the signal ended it where it
   * was; the run can be gone on with then.
   */
  readonly perform: PerformJob;
}

/** What the owner of a performer hears. */
export interface PerformerTold {
  /** Is told in one line what should be known of a run besides its answer. */
  readonly onNotice: (line: string) => void;
}

/** Makes what performs jobs with the tools of one app. */
export function jobPerformer(parts: RunParts, { onNotice }: PerformerTold): JobPerformer {
  const executor = executorOf(parts);
  return {
    perform: async ({ id, task, limits, budgets }, leave) => {
      const unkept: string[] = [];
      const hear = (line: string): void => {
        unkept.push(line);
        onNotice(line);
      };
      await parts.pool.open();
      const told = { limits, leave, executor, onNotice, onUnkept: hear, sharedBudgets: budgets };
      const entered = await enterRun({ id, task }, parts, told);
      if (entered.status === 'held') throw inUse(id);
      // Who submitted the job finds its result in the history or nowhere.
      const [first] = unkept;
      if (first !== undefined) throw new OrchestratorError('bad-history', first);
    },
    [Symbol.asyncDispose]: () => executor.close(),
  };
}

function inUse(id: string): OrchestratorError {
  return new OrchestratorError(
    'run-in-use',
    `Cannot go on with run ${id}: another process does, or did less than 30 seconds ago`,
  );
}
