/** How strong the wall is behind which code ran, strongest first; `none` is no wall. */
export type SandboxLevel = 'namespaces' | 'kernel' | 'seatbelt' | 'runtime' | 'none';

/** The sandbox that was used, said in every result. */
export interface SandboxFacts {
  readonly level: SandboxLevel;
  /** `landlock7+seccomp via perl`. */
  readonly mechanism: string;
  /** What this level does not hold off, one sentence each. */
  readonly promisesNot: readonly string[];
}
