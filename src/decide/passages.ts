import type { BlockContent, DefinitionContent, Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** One statement of a text: a heading, a sentence or a row of a table. */
export interface Passage {
  readonly text: string;
  readonly isHeading: boolean;
}

type Block = RootContent | BlockContent | DefinitionContent;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

// Emphasis, links and pictures take time that grows with the square of a hostile text.
const linear = { disable: { null: ['attention', 'labelStartImage', 'labelStartLink'] } };

/** What is left of emphasis when it is not parsed. */
const emphasisMarks = /(?<!\w)(?:\*{1,3}|_{1,3})(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3})(?!\w)/g;

/** The address of a link or a picture; its words stay. */
const linkAddress = /!?\[([^[\]]{0,500})\]\([^()\s]{0,1000}\)/g;

/** The most characters of a text that are read. */
const markdownMaxLength = 60_000;

/** The most characters of a passage: what is longer is cut. */
const passageMaxLength = 1_000;

/** A line that is nested deeper than anybody means it, and than a parser can follow. */
const deepNesting = /^(?:[ \t>*+-]|\d{1,9}[.)]){40,}/gm;

/** Splits Markdown into its statements, in their order; code and HTML are left out. */
export function passagesOf(markdown: string): readonly Passage[] {
  const text = markdown.slice(0, markdownMaxLength).replace(deepNesting, '');
  return fromMarkdown(text, { extensions: [linear] }).children.flatMap(passagesOfBlock);
}

function passagesOfBlock(block: Block): readonly Passage[] {
  switch (block.type) {
    case 'heading':
      return [heading(withoutMarks(plainText(block)))];
    case 'paragraph':
      return statements(withoutMarks(plainText(block)));
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

function withoutMarks(text: string): string {
  return text.replaceAll(linkAddress, '$1').replaceAll(emphasisMarks, '');
}

function plainText(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(plainText).join('') : '';
}
