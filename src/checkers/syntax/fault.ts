import type * as TreeSitter from 'web-tree-sitter';
import type { GrammarName } from './language-of.ts';

/** Where a text stops to be of its language. */
export interface Fault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  /** Whether a bracket has no partner, so that no newer version of the language can allow it. */
  readonly isBracket: boolean;
}

/** The most characters of the code that a message repeats. */
const excerptMaxLength = 40;

/** Tells the first fault of a parsed file; null when there is none. */
export function faultOf(tree: TreeSitter.Tree, language: GrammarName): Fault | null {
  const { rootNode } = tree;
  if (rootNode.hasError) return bracketFault(rootNode, language) ?? grammarFault(rootNode);
  return laxFaults[language]?.(rootNode) ?? null;
}

/** Shell closes a `case` with a lone bracket, and Ruby has brackets of many kinds in its literals. */
const withLoneBrackets: ReadonlySet<GrammarName> = new Set(['bash', 'ruby']);

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '${': '}' };
const closers: ReadonlySet<string> = new Set(Object.values(closerOf));

/** Names the bracket without a partner: of all faults the most usual one, an answer that was cut off. */
function bracketFault(root: TreeSitter.Node, language: GrammarName): Fault | null {
  if (withLoneBrackets.has(language)) return null;
  const open: TreeSitter.Node[] = [];
  for (const bracket of root.descendantsOfType([...Object.keys(closerOf), ...closers])) {
    if (bracket.isMissing) continue;
    if (bracket.type in closerOf) open.push(bracket);
    else if (closerOf[open.pop()?.type ?? ''] !== bracket.type) {
      return fault(bracket, `unexpected "${bracket.type}"`, true);
    }
  }
  const last = open.at(-1);
  return last === undefined ? null : fault(last, `"${last.type}" is never closed`, true);
}

function grammarFault(root: TreeSitter.Node): Fault {
  const node = firstFaulty(root);
  if (node.isMissing && /^[)\]};:,"'`]$/.test(node.type))
    return fault(node, `missing "${node.type}"`);
  // What else the parser would have liked to see is no help to a person: what stands there is.
  const text = node.isMissing ? root.text.slice(node.startIndex - root.startIndex) : node.text;
  const line = text.trim().split('\n', 1)[0] ?? '';
  const isLong = line.length > excerptMaxLength;
  return fault(node, `unexpected "${line.slice(0, excerptMaxLength)}${isLong ? '...' : ''}"`);
}

/** The first node that is an error or was missed, as deep inside as there is one. */
function firstFaulty(root: TreeSitter.Node): TreeSitter.Node {
  let faulty = root;
  let next: TreeSitter.Node | undefined = root;
  while (next !== undefined) {
    if (next.isError || next.isMissing) faulty = next;
    next = next.children.find((child) => child.hasError || child.isMissing);
  }
  return faulty;
}

/** Faults that a grammar lets pass, because it serves an editor or two versions of a language. */
const laxFaults: Partial<Readonly<Record<GrammarName, (root: TreeSitter.Node) => Fault | null>>> = {
  python: (root) => {
    const empty = root.descendantsOfType('block').find((block) => block.namedChildCount === 0);
    if (empty !== undefined) return fault(empty, 'an indented block is missing');
    const old = root
      .descendantsOfType(['print_statement', 'exec_statement'])
      .find((statement) => statement.namedChild(0)?.type !== 'chevron');
    return old === undefined ? null : fault(old, 'print or exec is a statement only in Python 2');
  },
  javascript: elision,
  tsx: elision,
  typescript: elision,
};

function elision(root: TreeSitter.Node): Fault | null {
  // Most code has none, and to look at every identifier takes longer than to parse.
  if (!root.text.includes('…')) return null;
  const dots = root.descendantsOfType('identifier').find(({ text }) => text.includes('…'));
  return dots === undefined ? null : fault(dots, 'unexpected "…"');
}

function fault(node: TreeSitter.Node, message: string, isBracket = false): Fault {
  return { line: node.startPosition.row + 1, message, isBracket };
}
