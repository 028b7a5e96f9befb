import { OrchestratorError } from '../domain/mistake.ts';
import type { SandboxChoice } from '../domain/sandbox.ts';

/** Refuses with `no-sandbox` where no level at or above the floor is to be had, before any model is asked. */
export function requireSandbox(choice: SandboxChoice): void {
  if (choice.status === 'chosen') return;
  const found = choice.rows.flatMap((row) =>
    row.status === 'missing' ? [`${row.level}: ${row.found}`] : [],
  );
  throw new OrchestratorError(
    'no-sandbox',
    `Cannot run code in a sandbox of the level ${choice.floor} or stronger: ${found.join('; ')}`,
    { hint: 'See orchestrator sandbox for what there is and how to get it' },
  );
}
