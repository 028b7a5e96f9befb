import type { FilterNeeds } from './rules.ts';
import { seccompFilter } from './seccomp-filter.ts';
import type { FilterArchitecture } from './syscall-numbers.ts';

/** Gives filters in hexadecimal. */
export type FilterStore = (needs: FilterNeeds) => string;

/** A store that builds each filter once: there are few, and one takes longer than starting a program. */
export function filterStore(architecture: FilterArchitecture): FilterStore {
  const built = new Map<string, string>();
  return (needs) => {
    const key = JSON.stringify(needs);
    const filter = built.get(key) ?? seccompFilter(architecture, needs).toString('hex');
    built.set(key, filter);
    return filter;
  };
}
