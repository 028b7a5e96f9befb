import type { Syntax } from '../domain/syntax-of.ts';
import { assertionSides } from './assertion.ts';
import type { Example } from './example.ts';
import { readLiteral } from './read-literal.ts';
import { isBalanced } from './source-scanner.ts';

/** A text in which the use of a class is shown. */
export interface UsageText {
  readonly text: string;
  readonly syntax: Syntax;
  /** The class. */
  readonly name: string;
}

/** A statement of a block of code. */
interface Statement {
  readonly source: string;
  readonly at: number;
}

/** An expression with the source of the value that is shown for it. */
interface Shown {
  readonly expression: string;
  readonly value: string;
}

/** How many statements of one block are read. */
const statementsMax = 40;

const fence = /^[ \t]*(?:```|~~~)/;
// What begins a block of its own, or ends the program: nothing behind it is read.
const opensBlock =
  /^(?:\s|[@}]|(?:async|class|def|for|function|if|return|throw|raise|try|while|with)\b)|[:{]\s*(?:#.*|\/\/.*)?$/;
const binds =
  /^(?:(?:import|from|const|let|var|del)\b|[\w.,\s[\]'"()*]+?(?:[-+*/%|&^]|\*\*|\/\/)?=(?!=))/;
const remark: Readonly<Record<Syntax, RegExp>> = {
  python: /^(.*?\S)[ \t]+#[ \t]*(?:->|=>|→|==|returns?\b|prints?\b)?[ \t]*(.+)$/,
  javascript: /^(.*?\S)[ \t]*\/\/[ \t]*(?:->|=>|→|===?|returns?\b|prints?\b)?[ \t]*(.+)$/,
};
const printing = /^(?:print|console\.log)\s*\(([\s\S]*)\)$/;

/**
 * Reads blocks of code in which a class is used, with assertions or with the value in a remark:
 * `s.push(1)` and then `assert s.pop() == 1`. Every example is a script of all that stands before it, since
 * what was looked at may have changed the object.
 */
export function usages(source: UsageText): readonly Example[] {
  return blocksIn(source.text).flatMap((block) => usagesIn(block, source));
}

function usagesIn(block: readonly Statement[], { syntax, name }: UsageText): readonly Example[] {
  const before: string[] = [];
  const found: Example[] = [];
  const end = syntax === 'javascript' ? ';' : '';
  for (const { source, at } of whole(block, syntax).slice(0, statementsMax)) {
    if (opensBlock.test(source)) break;
    const shown = shownBy(source, syntax);
    const value = shown && readLiteral(shown.value, syntax);
    const isUsed = [...before, shown?.expression].some((line) => line?.includes(name));
    if (shown && value !== undefined && isUsed) {
      const { expression } = shown;
      const call = { kind: 'script', statements: before.join('\n'), expression } as const;
      found.push({ call, expected: { kind: 'value', value }, at, isWeak: false });
    }
    before.push(shown ? `${shown.expression}${end}` : source);
  }
  return found;
}

/** What a statement shows the value of; undefined for one that only does something. */
function shownBy(source: string, syntax: Syntax): Shown | undefined {
  const sides = assertionSides(source, syntax);
  if (sides) return { expression: sides.actual, value: sides.expected };
  const [, code = '', value = ''] = remark[syntax].exec(source) ?? [];
  const bare = code.replace(/;$/, '').trim();
  if (bare === '' || binds.test(bare) || readLiteral(value.trim(), syntax) === undefined) {
    return undefined;
  }
  return { expression: printing.exec(bare)?.[1] ?? bare, value: value.trim() };
}

/** Joins lines until every bracket is closed. */
function whole(lines: readonly Statement[], syntax: Syntax): readonly Statement[] {
  const statements: Statement[] = [];
  for (const line of lines) {
    const last = statements.at(-1);
    if (last && !isBalanced(last.source, syntax)) {
      statements[statements.length - 1] = { ...last, source: `${last.source}\n${line.source}` };
    } else if (line.source.trim() !== '') statements.push(line);
  }
  return statements;
}

function blocksIn(text: string): readonly (readonly Statement[])[] {
  const blocks: Statement[][] = [];
  let open: Statement[] | undefined;
  let at = 0;
  for (const line of text.split('\n')) {
    if (!fence.test(line)) open?.push({ source: line.trimEnd(), at });
    else {
      open = open ? undefined : [];
      if (open) blocks.push(open);
    }
    at += line.length + 1;
  }
  return blocks;
}
