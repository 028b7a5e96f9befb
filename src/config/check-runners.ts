import { badConfiguration, type ConfigPath, type Origin, shown } from './bad-configuration.ts';
import { closestName } from './closest-name.ts';

/** Where a list of runners stands. */
export interface ListPlace {
  readonly origin: Origin;
  readonly path: ConfigPath;
}

/** Throws `bad-configuration` for the first name that no runner has, listing the known ones. */
export function checkRunners(
  names: readonly string[] | undefined,
  known: readonly string[],
  { origin, path }: ListPlace,
): void {
  for (const [index, name] of (names ?? []).entries()) {
    // A model may follow the name of a local server; where it may not, the plan refuses it.
    const [server = name] = name.split(':');
    if (!known.includes(server)) {
      throw badConfiguration(origin, { path: [...path, index], says: unknownRunner(name, known) });
    }
  }
}

/** What a flaw says of a name that no runner has. */
export function unknownRunner(name: string, known: readonly string[]): string {
  const meant = closestName(name, known);
  const tail = meant === undefined ? '' : `; did you mean ${meant}`;
  return `is ${shown(name)}, wanted one of the known runners ${known.join(', ')}${tail}`;
}
