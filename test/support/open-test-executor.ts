import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config/environment.ts';
import type { Executor, Observation } from '../../src/domain/executor.ts';
import type { Call } from '../../src/domain/test-case.ts';
import type { Value } from '../../src/domain/value.ts';
import type { ExecutionLimits } from '../../src/executors/execution-limits.ts';
import { openExecutor } from '../../src/executors/open-executor.ts';
import { chooseSandbox } from '../../src/sandbox/choose-sandbox.ts';
import { probeSandboxes } from '../../src/sandbox/probe-sandboxes.ts';

/** An executor in the sandbox that this machine has; the programs of tests are harmless, so that none will do. */
export interface TestExecutor {
  readonly executor: Executor;
  /** Makes calls on a program of one file. */
  observe(language: string, text: string, calls: readonly Call[]): Promise<readonly Observation[]>;
  close(): Promise<void>;
}

/** Opens an executor for tests: little processor time, and much patience with a busy machine. */
export function openTestExecutor(limits: Partial<ExecutionLimits> = {}): TestExecutor {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'executor-'));
  const executor = openExecutor({
    sandbox: async () => {
      const options = { cacheFolder, allowsNone: true, deno: undefined };
      return chooseSandbox(
        await probeSandboxes({ ...options, levels: ['kernel', 'none'] }),
        'none',
      );
    },
    env: readEnvironment(),
    limits: { callCpuMs: 500, callWallMs: 20_000, ...limits },
  });
  return {
    executor,
    observe: (language, text, calls) => {
      const program = { language, files: [{ path: null, language, text }] } as const;
      return executor.observe({ program, calls }, new AbortController().signal);
    },
    close: async () => {
      await executor.close();
      rmSync(cacheFolder, { recursive: true, force: true });
    },
  };
}

/** A call of a function. */
export function call(name: string, ...args: readonly Value[]): Call {
  return { kind: 'call', name, args };
}

/** An integer. */
export function int(value: number): Value {
  return { int: String(value) };
}

/** What is seen of a call that gives back a value, prints nothing and changes nothing. */
export function returned(value: Value): Observation {
  return { kind: 'returned', value, printed: '', changed: [] };
}
