import type { ChildProcess } from 'node:child_process';
import type { Engine } from '../domain/engine.ts';
import { durableEngineCases } from './durable-engine-cases.ts';
import { engineCases } from './engine-cases.ts';
import { type RegisterOptions, registerCases } from './register-cases.ts';

/** A place without any job, and what can work there. */
export interface EnginePlace extends AsyncDisposable {
  /** Opens the engine; each call is as another process that uses it. Where jobs live as long as the process there is one. */
  open(): Promise<Engine>;
  /**
   * Starts a process that performs one job at once with `tellingPerform` and tells on its stdout, a pipe; undefined
   * where jobs live as long as the process. The jobs of a killed one have to be taken over within ten seconds.
   */
  readonly startWorker?: (() => ChildProcess) | undefined;
}

/** Something that every engine does. */
export interface EngineCase {
  readonly title: string;
  /** Rejects where it does not. */
  readonly check: (place: EnginePlace) => Promise<void>;
}

/** Where the suite registers its cases, and what is known of the engine. */
export interface DescribeEngineOptions extends RegisterOptions {
  /** Whether jobs outlive the process that submitted them, so that several processes can work on them. */
  readonly durable?: boolean | undefined;
}

/**
 * Registers the cases that every engine must pass; `make` makes an empty place for each. Throws `bad-usage` when there
 * is no `describe` and `test` to register with.
 */
export function describeEngine(
  name: string,
  make: () => Promise<EnginePlace>,
  { durable = false, ...options }: DescribeEngineOptions = {},
): void {
  const cases = durable ? [...engineCases, ...durableEngineCases] : engineCases;
  registerCases({ kind: 'engine', name, cases }, options, (each) => checkIn(make, each));
}

async function checkIn(make: () => Promise<EnginePlace>, { check }: EngineCase): Promise<void> {
  await using place = await make();
  const engines: Engine[] = [];
  try {
    await check({
      startWorker: place.startWorker,
      open: async () => {
        const engine = await place.open();
        engines.push(engine);
        return engine;
      },
      [Symbol.asyncDispose]: async () => undefined,
    });
  } finally {
    for (const engine of engines) await engine.close();
  }
}
