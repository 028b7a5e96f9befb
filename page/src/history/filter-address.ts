import { type Filter, noFilter } from './use-runs.ts';

/** Reads from the query of an address which runs are looked for. */
export function filterOf(search: string): Filter {
  const query = new URLSearchParams(search);
  const read = (name: keyof Filter): string => query.get(name) ?? '';
  const filter = { text: read('text'), status: read('status'), category: read('category') };
  return Object.values(filter).every((value) => value === '') ? noFilter : filter;
}

/** Writes the address of the history with a filter, so that a reload and the way back find it again. */
export function addressOf(filter: Filter): string {
  const set = Object.entries(filter).filter(([, value]) => value !== '');
  return set.length === 0 ? '/history' : `/history?${new URLSearchParams(set)}`;
}
