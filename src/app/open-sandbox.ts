import { dataFolder, stateFolder } from '../config/places.ts';
import type { Executor } from '../domain/executor.ts';
import {
  type LevelRow,
  type SandboxChoice,
  type SandboxLevel,
  sandboxLevels,
} from '../domain/sandbox.ts';
import { openExecutor } from '../executors/open-executor.ts';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../sandbox/probe-sandboxes.ts';
import { findRuntimeParts, type RuntimeParts } from '../sandbox/runtime/runtime-parts.ts';

/** What a sandbox is opened with. */
export interface SandboxTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The weakest level in which code is run; `none` takes no sandbox at all. */
  readonly floor: SandboxLevel;
}

/** The sandbox of this machine; it looks at nothing before it is asked. */
export interface OpenSandbox {
  /** Runs programs in the level that is chosen. */
  readonly executor: Executor;
  /** The strongest level at or above the floor, looked for once. */
  choose(): Promise<SandboxChoice>;
  /** Every level of this machine, the strongest first, and also those below the floor. */
  levels(): Promise<readonly LevelRow[]>;
  /** What there is of what the level `runtime` runs. */
  parts(): Promise<RuntimeParts>;
  /** Begins to look, so that less is left to wait for later. */
  warm(): void;
}

/** Opens the sandbox of this machine and what runs programs in it. */
export function openSandbox({ env, floor }: SandboxTools): OpenSandbox {
  const parts = once(() => findRuntimeParts(dataFolder(env), env));
  const probe = async (levels: readonly SandboxLevel[]): Promise<readonly LevelRow[]> => {
    const needsDeno = levels.includes('runtime');
    return probeSandboxes({
      cacheFolder: stateFolder(env),
      allowsNone: floor === 'none',
      deno: needsDeno ? (await parts()).deno : undefined,
      levels,
    });
  };
  const choose = once(() => strongest(floor, probe));
  return {
    executor: openExecutor({ sandbox: choose, env, runtime: parts }),
    choose,
    levels: () => probe(sandboxLevels),
    parts,
    warm: () => void choose().catch(() => undefined),
  };
}

/** Looks at one level after the other, because each that is tested takes a moment. */
async function strongest(
  floor: SandboxLevel,
  probe: (levels: readonly SandboxLevel[]) => Promise<readonly LevelRow[]>,
): Promise<SandboxChoice> {
  // Who asks for no sandbox wants what the others do not allow.
  const allowed =
    floor === 'none' ? ['none' as const] : sandboxLevels.slice(0, sandboxLevels.indexOf(floor) + 1);
  const rows: LevelRow[] = [];
  for (const level of allowed) {
    rows.push(...(await probe([level])));
    const choice = chooseSandbox(rows, floor);
    if (choice.status === 'chosen') return choice;
  }
  return { status: 'refused', floor, rows };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
