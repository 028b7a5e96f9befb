import type { BlockContent, DefinitionContent, Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** One statement of a text: a heading, a sentence or a row of a table. */
export interface Passage {
  readonly text: string;
  readonly isHeading: boolean;
}

type Block = RootContent | BlockContent | DefinitionContent;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The most characters of a text that are read. */
const markdownMaxLength = 60_000;

/** The most characters of a passage: what is longer is cut. */
const passageMaxLength = 1_000;

/** A line that is nested deeper than anybody means it, and than a parser can follow. */
const deepNesting = /^(?:[ \t>*+-]|\d{1,9}[.)]){40,}/gm;

/** Splits Markdown into its statements, in their order; code and HTML are left out. */
export function passagesOf(markdown: string): readonly Passage[] {
  const text = markdown.slice(0, markdownMaxLength).replace(deepNesting, '');
  return fromMarkdown(text).children.flatMap(passagesOfBlock);
}

function passagesOfBlock(block: Block): readonly Passage[] {
  switch (block.type) {
    case 'heading':
      return [heading(plainText(block))];
    case 'paragraph':
      return statements(plainText(block));
    case 'list':
      return block.children.flatMap((item) => item.children.flatMap(passagesOfBlock));
    case 'blockquote':
      return block.children.flatMap(passagesOfBlock);
    default:
      return [];
  }
}

/** Without numbers and pictures in front. */
function heading(text: string): Passage {
  const plain = text.replace(/^[^\p{L}]+/u, '').trim();
  return { text: plain.slice(0, passageMaxLength), isHeading: true };
}

function statements(text: string): readonly Passage[] {
  const parts = text.trimStart().startsWith('|')
    ? tableRows(text)
    : [...sentences.segment(text.replace(/\s+/g, ' '))].map(({ segment }) => segment.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => ({ text: part.slice(0, passageMaxLength), isHeading: false }));
}

/** The rows below the line of dashes, as `first cell: the others`. */
function tableRows(text: string): readonly string[] {
  const lines = text.split('\n');
  const dashes = lines.findIndex((line) => /^[\s|:-]+$/.test(line));
  return lines.slice(dashes + 1).map((line) => {
    const [first = '', ...others] = line
      .split('|')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '');
    return others.length === 0 ? first : `${first}: ${others.join(', ')}`;
  });
}

function plainText(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(plainText).join('') : '';
}
