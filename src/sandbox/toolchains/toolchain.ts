import type { ConfinedCommand } from '../../domain/sandbox.ts';

/** What runs programs of one language, and what a confined program of it must be able to read. */
export interface Toolchain
  extends Pick<ConfinedCommand, 'program' | 'args' | 'readable' | 'env' | 'addressSpace'> {
  readonly version: string;
}
