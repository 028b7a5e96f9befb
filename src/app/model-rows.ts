import type { Availability, Probe, ProbeContext } from '../domain/availability.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { ModelRow } from '../domain/model-row.ts';
import type { Runner } from '../domain/runner.ts';
import type { OpenLimits } from './open-limits.ts';
import type { RunnerPool } from './runner-pool.ts';

/** A runner, and what its cheap check found. */
export interface DoctorRow {
  readonly name: string;
  readonly type: string;
  readonly probe: Probe;
  /** Why it is not asked for a while, though it could be. */
  readonly refusal?: AttemptFailure | undefined;
}

/** What rows are made of. */
export interface RowTools {
  readonly pool: RunnerPool;
  readonly limits: OpenLimits;
  /** The type of the runner of a name, as it is shown. */
  readonly typeOf: (name: string) => string;
}

/** What the type of a local server is called, which needs no declaration. */
export const localType = 'local server';

/** Every runner, and those local servers that are there. */
export async function modelRows({ pool, limits, typeOf }: RowTools): Promise<readonly ModelRow[]> {
  const [availability, servers] = await Promise.all([pool.availability(), pool.localServers()]);
  const declared = [...availability].map(([name, state]) => ({
    name,
    type: typeOf(name),
    availability: state,
  }));
  const found = servers.map(({ name, where, models }): ModelRow => {
    const state: Availability = { status: 'available', where };
    return { name, type: localType, availability: state, models };
  });
  const rows = [...declared, ...found].map(async (row) => ({
    ...row,
    refusal: await limits.refusalOf(row.name),
  }));
  return Promise.all(rows);
}

/** Checks every runner, and those local servers that are there; asks no model. */
export async function doctorRows(
  context: ProbeContext,
  { pool, limits, typeOf }: RowTools,
): Promise<readonly DoctorRow[]> {
  const found = (await pool.localServers()).map(({ name }) => name);
  const rows = [...pool.names, ...found].map(async (name) => ({
    name,
    type: typeOf(name),
    probe: await probe(await pool.runner(name), context),
    refusal: await limits.refusalOf(name),
  }));
  return Promise.all(rows);
}

async function probe(runner: Runner, context: ProbeContext): Promise<Probe> {
  if (runner.probe) return runner.probe(context);
  const availability = await runner.available();
  const isLocked = availability.status === 'unavailable' && availability.kind === 'not-signed-in';
  return {
    availability,
    version: null,
    signedIn: isLocked ? 'no' : 'not-needed',
    startMs: null,
    reach: { status: 'not-tried', because: 'it has no check of its own' },
  };
}
