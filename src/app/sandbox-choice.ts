import { stateFolder } from '../config/places.ts';
import type { SandboxChoice } from '../domain/sandbox.ts';
import type { Environment } from '../lib/find-program.ts';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../sandbox/probe-sandboxes.ts';

/** Chooses what candidates run in, once and when it is needed first: the strongest level that passes its self-test. */
export function sandboxChoice(env: Environment): () => Promise<SandboxChoice> {
  let choice: Promise<SandboxChoice> | undefined;
  const choose = async (): Promise<SandboxChoice> => {
    const rows = await probeSandboxes({
      cacheFolder: stateFolder(env),
      allowsNone: false,
      deno: undefined,
    });
    return chooseSandbox(rows, 'runtime');
  };
  return () => (choice ??= choose());
}
