import { isProgramLanguage, sameFamily } from './language.ts';
import type { ReadBlock, Role } from './role.ts';
import { isAlternative, isElided, isWorkedExample } from './signals.ts';

/** A block with what it is for. */
export interface RoledBlock extends ReadBlock {
  readonly role: Role;
}

/** Answers with more blocks are no code to be put together; comparing all with all would take its time. */
const maxCompared = 300;

/**
 * Gives each file once: a revision replaces what it revises, an excerpt and an alternative give way to
 * the whole, and the parts of one unnamed program are joined in their order.
 */
export function mergeBlocks(blocks: readonly RoledBlock[]): readonly RoledBlock[] {
  if (blocks.length > maxCompared) return blocks;
  const kept: RoledBlock[] = [];
  for (const block of blocks) keepBest(kept, block);
  return joinParts(kept);
}

function keepBest(kept: RoledBlock[], block: RoledBlock): void {
  const rivals = kept.filter((other) => areRivals(other, block));
  if (rivals.some((rival) => !replaces(block, rival))) return;
  for (const rival of rivals) kept.splice(kept.indexOf(rival), 1);
  kept.push(block);
}

function areRivals(one: RoledBlock, other: RoledBlock): boolean {
  if (one.path !== null && other.path !== null) return one.path === other.path;
  if (one.role !== other.role || !sameFamily(one.language, other.language)) return false;
  const [mine, theirs] = [one.definitions.callables, other.definitions.callables];
  if (mine.size === 0 || theirs.size === 0) return one.text === other.text;
  return mine.isSubsetOf(theirs) || theirs.isSubsetOf(mine);
}

/** Whether the later of two blocks for one thing is the better one. */
function replaces(later: RoledBlock, earlier: RoledBlock): boolean {
  if (isElided(later.text) && !isElided(earlier.text)) return false;
  if (isWorkedExample(later) && !isWorkedExample(earlier)) return false;
  const covers = earlier.definitions.callables.isSubsetOf(later.definitions.callables);
  if (!covers) return false;
  return !isAlternative(later) || isElided(earlier.text);
}

function joinParts(blocks: readonly RoledBlock[]): readonly RoledBlock[] {
  const programs: RoledBlock[] = [];
  for (const block of blocks) {
    const at = programs.findIndex((other) => belongTogether(other, block));
    const program = programs[at];
    if (program === undefined) programs.push(block);
    else programs[at] = joined(program, block);
  }
  return programs;
}

function belongTogether(one: RoledBlock, other: RoledBlock): boolean {
  if (![one, other].every(isPart) || !sameFamily(one.language, other.language)) return false;
  const [mine, theirs] = [one.definitions, other.definitions];
  const clash =
    !mine.callables.isDisjointFrom(theirs.callables) || !mine.values.isDisjointFrom(theirs.values);
  if (clash || isWorkedExample(one) !== isWorkedExample(other)) return false;
  return needs(mine, theirs) || needs(theirs, mine);
}

/** Only unnamed code that is no module of its own can be a part of a larger text. */
function isPart({ role, path, language, text }: RoledBlock): boolean {
  const isModule = /^export\s|^import\s.*['"]\.{1,2}\/|^module\.exports\b|^package \w+/m.test(text);
  return (
    role === 'code' &&
    path === null &&
    (language === null || isProgramLanguage(language)) &&
    !isModule
  );
}

function needs(one: ReadBlock['definitions'], other: ReadBlock['definitions']): boolean {
  const offered = one.callables.size > 0 ? other.callables : new Set<string>();
  const isPreamble = other.callables.size === 0 && other.imported.size > 0;
  return [...offered, ...(isPreamble ? other.imported : [])].some((name) => one.used.has(name));
}

function joined(one: RoledBlock, other: RoledBlock): RoledBlock {
  const [mine, theirs] = [one.definitions, other.definitions];
  return {
    ...one,
    language: one.language ?? other.language,
    text: `${one.text.trimEnd()}\n\n${other.text}`,
    lead: `${one.lead}\n${other.lead}`,
    definitions: {
      callables: mine.callables.union(theirs.callables),
      values: mine.values.union(theirs.values),
      imported: mine.imported.union(theirs.imported),
      used: mine.used.union(theirs.used),
    },
  };
}
