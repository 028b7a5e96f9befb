import type { Sandbox } from '../domain/sandbox.ts';
import type { Environment } from '../lib/find-program.ts';
import type { RuntimeParts } from '../sandbox/runtime/runtime-parts.ts';
import type { ExecutionLimits } from './execution-limits.ts';
import type { Round, RoundJob } from './round.ts';

/** What a language is given of the world. */
export interface LanguagePlace {
  readonly sandbox: Sandbox;
  /** Where programs are looked for. */
  readonly env: Environment;
  /** What there is to run with where Deno confines. */
  readonly runtime: () => Promise<RuntimeParts>;
  readonly limits: ExecutionLimits;
}

/** What is not there, and how to get it. */
export interface Missing {
  readonly because: string;
  readonly remedy: string;
}

/** How the programs of some languages are run; one folder for each way. */
export interface Language {
  /** What is missing on this machine; undefined when nothing is. */
  missing(): Promise<Missing | undefined>;
  /** Makes calls in one process. Undefined when the signal aborted. Never rejects for what a program does. */
  run(job: RoundJob, signal: AbortSignal): Promise<Round | undefined>;
  /** Ends the processes that it keeps warm. */
  close(): Promise<void>;
}
