import { type SandboxLevel, sandboxLevels } from './sandbox.ts';

/** What a person can say of the sandbox: the weakest level in which code is run, or `auto` for what is usual. */
export type SandboxWish = SandboxLevel | 'auto';

/** Every wish, as it is written. */
export const sandboxWishes: readonly SandboxWish[] = ['auto', ...sandboxLevels];
