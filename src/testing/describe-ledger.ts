import type { Ledger } from '../domain/ledger.ts';
import { ledgerCases } from './ledger-cases.ts';
import { processesOnPlace, type SharedPlace } from './processes-on-place.ts';
import { type RegisterOptions, registerCases } from './register-cases.ts';

/**
 * Registers the cases that every ledger must pass; `make` makes an empty place for each. Throws `bad-usage`
 * when there is no `describe` and `test` to register with.
 */
export function describeLedger(
  name: string,
  make: () => Promise<SharedPlace<Ledger>>,
  options: RegisterOptions = {},
): void {
  registerCases({ kind: 'ledger', name, cases: ledgerCases }, options, async ({ check }) =>
    processesOnPlace(await make(), check),
  );
}
