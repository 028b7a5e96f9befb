import { languageOfPath } from './language.ts';
import type { RoledBlock } from './merge-blocks.ts';
import type { Role } from './role.ts';
import { isAlternative, isElided, isRevision, isWorkedExample } from './signals.ts';

const worth: Readonly<Record<Role, number>> = {
  code: 100,
  tests: 60,
  support: 50,
  diff: 40,
  commands: 30,
  usage: 20,
  output: 10,
};

/** Puts the main block first: what a person who asked for a function would run. The others keep their order. */
export function mainFirst(blocks: readonly RoledBlock[]): readonly RoledBlock[] {
  let main: RoledBlock | undefined;
  for (const block of blocks) {
    if (main === undefined || scoreOf(block, blocks) > scoreOf(main, blocks)) main = block;
  }
  return main === undefined ? [] : [main, ...blocks.filter((block) => block !== main)];
}

function scoreOf(block: RoledBlock, blocks: readonly RoledBlock[]): number {
  const counts: readonly (readonly [boolean, number])[] = [
    [block.definitions.callables.size > 0, 20],
    [isWorkedExample(block), -30],
    [isAlternative(block), -15],
    [isElided(block.text), -15],
    [isRevision(block), 8],
    [block.path !== null && languageOfPath(block.path) !== null, 4],
    [isConfiguration(block), -25],
    [isHelper(block, blocks), -10],
  ];
  return counts.reduce((sum, [holds, points]) => (holds ? sum + points : sum), worth[block.role]);
}

/** Whether another file of the answer, and none of its tests, imports this one. */
function isHelper(block: RoledBlock, blocks: readonly RoledBlock[]): boolean {
  const { path } = block;
  const stem = path
    ?.split('/')
    .at(-1)
    ?.replace(/\.\w+$/, '');
  if (!stem || !/^[\w.-]+$/.test(stem)) return false;
  const name = stem.replaceAll('.', '\\.');
  const imports = new RegExp(
    `^[ \\t]*(?:from|import)[ \\t]+(?:[\\w.]*\\.)?${name}(?![\\w.])|(?:from|import|require\\()[ \\t]*['"][./][^'"\\n]*?/?${name}(?:\\.\\w+)?['"]`,
    'm',
  );
  return blocks.some(
    (other) => other !== block && other.role === 'code' && imports.test(other.text),
  );
}

function isConfiguration({ path, text }: RoledBlock): boolean {
  if (
    path !== null &&
    /(?:\.config|\.conf|rc)\.\w+$|\.d\.ts$|(?:^|\/)(?:setup|types?|constants?)\.\w+$/.test(path)
  )
    return true;
  return /^export default defineConfig\(|^module\.exports = \{\s*$/m.test(text);
}
