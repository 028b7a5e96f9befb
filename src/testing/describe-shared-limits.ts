import type { SharedLimits } from '../domain/shared-limits.ts';
import { processesOnPlace, type SharedPlace } from './processes-on-place.ts';
import { type RegisterOptions, registerCases } from './register-cases.ts';
import { sharedLimitsCases } from './shared-limits-cases.ts';

/**
 * Registers the cases that all shared limits must pass; `make` makes an empty place for each. Throws `bad-usage`
 * when there is no `describe` and `test` to register with.
 */
export function describeSharedLimits(
  name: string,
  make: () => Promise<SharedPlace<SharedLimits>>,
  options: RegisterOptions = {},
): void {
  registerCases(
    { kind: 'shared limits', name, cases: sharedLimitsCases },
    options,
    async ({ check }) => processesOnPlace(await make(), check, (limits) => limits.close()),
  );
}
