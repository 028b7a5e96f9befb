import type { HistoryStore } from '../domain/history.ts';
import { historyCases } from './history-cases.ts';
import { processesOnPlace, type SharedPlace } from './processes-on-place.ts';
import { type RegisterOptions, registerCases } from './register-cases.ts';

/** A place for runs that is empty at first, and that any number of stores can be opened on. */
export type HistoryPlace = SharedPlace<HistoryStore>;

/**
 * Registers the cases that every history must pass; `make` makes an empty place for each. Throws `bad-usage`
 * when there is no `describe` and `test` to register with.
 */
export function describeHistory(
  name: string,
  make: () => Promise<HistoryPlace>,
  options: RegisterOptions = {},
): void {
  registerCases({ kind: 'history', name, cases: historyCases }, options, async ({ check }) =>
    processesOnPlace(await make(), check, (store) => store.close()),
  );
}
