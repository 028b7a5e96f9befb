import { diffArrays } from 'diff';

/** An answer that lines can come from. */
export interface LineSource {
  readonly name: string;
  readonly text: string;
}

/** Lines that follow each other and are in the same answers. */
export interface Passage {
  readonly firstLine: number;
  readonly text: string;
  /** The names of the answers that have these lines; empty for lines that none has. */
  readonly from: readonly string[];
}

/** Lines beyond which nobody would read whose each is. */
const linesMaxCount = 4000;

/** Milliseconds until one comparison is given up. */
const limitMs = 1000;

/**
 * Tells which answers have each line of a merged one, in the same order among themselves; undefined for a text that
 * is too long, or takes too long to compare. That two have a line does not say who copied it from whom.
 */
export function lineOrigins(
  text: string,
  sources: readonly LineSource[],
): readonly Passage[] | undefined {
  const lines = text.replace(/\n$/, '').split('\n');
  if (lines.length > linesMaxCount) return undefined;
  const known = sources.map((source) => sharedWith(lines, source.text.split('\n')));
  const marks = known.flatMap((each) => (each ? [each] : []));
  if (marks.length < known.length) return undefined;
  const namesAt = (line: number): readonly string[] =>
    sources.flatMap(({ name }, source) => (marks[source]?.has(line) ? [name] : []));
  return passagesOf(lines, namesAt);
}

function passagesOf(
  lines: readonly string[],
  namesAt: (line: number) => readonly string[],
): readonly Passage[] {
  const passages: Passage[] = [];
  for (const [index, line] of lines.entries()) {
    const last = passages.at(-1);
    const from = namesAt(index);
    if (last && (line.trim() === '' || last.from.join() === from.join()))
      passages[passages.length - 1] = { ...last, text: `${last.text}\n${line}` };
    else passages.push({ firstLine: index + 1, text: line, from });
  }
  return passages;
}

/** The places of the lines that both have; undefined where that takes too long to find. */
function sharedWith(
  lines: readonly string[],
  others: readonly string[],
): ReadonlySet<number> | undefined {
  const changes = diffArrays([...others], [...lines], { timeout: limitMs });
  if (changes === undefined) return undefined;
  const shared = new Set<number>();
  let at = 0;
  for (const { added, removed, count } of changes) {
    if (!added && !removed) for (let line = at; line < at + count; line++) shared.add(line);
    if (!removed) at += count;
  }
  return shared;
}
