import { javascript } from './javascript/javascript.ts';
import { python } from './python/python.ts';
import type { Toolchain, ToolchainPlace } from './toolchain.ts';

/** A toolchain and the canonical names of its languages. */
export interface ToolchainRow {
  readonly languages: readonly string[];
  readonly open: (place: ToolchainPlace) => Toolchain;
}

/** Every language that can be run. */
export const toolchains: readonly ToolchainRow[] = [
  { languages: ['python'], open: python },
  { languages: ['javascript', 'typescript'], open: javascript },
];
