/** The longest distance at which two names still look like one mistyped. */
const maxDistance = 2;

/** Finds the known name that was probably meant; undefined when none is close. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  return mistypedName(name, known) ?? known.find((each) => extended(wanted, plain(each)));
}

/** Finds the known name that is a letter or two away; undefined when none is. */
export function mistypedName(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  const rated = known
    .map((candidate) => ({ candidate, distance: distance(wanted, plain(candidate)) }))
    // A name of three letters is within two changes of most others.
    .filter((each) => each.distance <= Math.min(maxDistance, Math.floor(wanted.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  return rated[0]?.candidate;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}

/** Whether one name goes on where the other ends: `apiKey`, `apiKeyEnv`. */
function extended(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));
}

/** Counts the letters to insert, delete, replace or swap with the next one, row by row. */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    const next = [line];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(row, column - 1) + (a[line - 1] === b[column - 1] ? 0 : 1);
      const swap = a[line - 1] === b[column - 2] && a[line - 2] === b[column - 1];
      const swapped = swap ? at(before, column - 2) + 1 : replaced;
      next.push(Math.min(replaced, swapped, at(row, column) + 1, at(next, column - 1) + 1));
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
