import type { ConfinedCommand, SandboxLevel } from '../domain/sandbox.ts';

/** What the supervisor looks at while a program runs, because the level does not limit it by itself. */
export interface Watch {
  readonly everyMs: number;
  /** MiB of memory of all its processes together. */
  readonly memoryMiB: number;
  /** Processes and threads. */
  readonly tasks: number;
  /** A folder whose files are counted; undefined where none is written or the system limits it. */
  readonly folder: string | undefined;
}

/** A confined program as it is to be spawned. */
export interface SpawnPlan {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whether a launcher reports on descriptor 3 how the program ended and what it used. */
  readonly reports: boolean;
  /** As whom the program runs, where that is another user than ours. */
  readonly user: number | undefined;
  readonly watch: Watch;
  /** Whether the program can leave processes behind that only their marks show. */
  readonly mayLeaveProcesses: boolean;
}

/** One way of confining programs: makes a plan of a command, and starts nothing. */
export interface Confinement {
  readonly level: SandboxLevel;
  readonly mechanism: string;
  readonly promisesNot: readonly string[];
  /** The plan, or in words why this level cannot run the command. */
  wrap(command: ConfinedCommand): SpawnPlan | { readonly refused: string };
  /** As `Sandbox.policyOf`. */
  policyOf(command: ConfinedCommand): readonly string[] | undefined;
}
