import { fromMarkdown } from 'mdast-util-from-markdown';
import { dedent } from './definitions.ts';
import { fileNameOfInfo, fileNameOfLine } from './file-name.ts';
import { canonicalLanguage } from './language.ts';
import { type Piece, plainPieces } from './plain-pieces.ts';
import { prepare } from './prepare.ts';

/** One code block of an answer, and what the answer says right before it. */
export interface Block {
  /** As the fence or the file's name says; null when neither does. */
  readonly language: string | null;
  readonly path: string | null;
  readonly text: string;
  /** The paragraphs between the block before and this one, their end if they are long. */
  readonly lead: string;
  /** The headings that it stands under, the outermost first. */
  readonly headings: readonly string[];
  /** Where it stands in the source, fences included. */
  readonly start: number;
  readonly end: number;
}

// Structure is all that matters here: inline constructs cost time, and an HTML block would hide a fence
// that directly follows a tag such as `<answer>`.
const structureOnly = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'definition',
      'hardBreakEscape',
      'htmlFlow',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
    ],
  },
};

const maxLeadChars = 600;
/** Deeper than any Markdown heading: a line in bold that stands for one. */
const boldHeadingDepth = 7;

type Span = Pick<Block, 'start' | 'end'>;
type Tree = ReturnType<typeof fromMarkdown>;
type TreeNode = Tree | Tree['children'][number];
type CodeNode = Extract<TreeNode, { type: 'code' }>;

/** Finds the code blocks of a Markdown text, in order. The text has `\n` line ends only. */
export function findBlocks(source: string): readonly Block[] {
  if (!/`{3}|~{3}/.test(source)) return [];
  const pieces = plainPieces(source);
  return pieces === undefined ? parsedBlocks(source) : plainBlocks(source, pieces);
}

function plainBlocks(source: string, pieces: readonly Piece[]): readonly Block[] {
  const walk = new Walk(source);
  for (const piece of pieces) walk.read(piece);
  return walk.blocks;
}

/** The same for every text, by a parser of CommonMark. */
function parsedBlocks(source: string): readonly Block[] {
  const walk = new Walk(source);
  const tree = fromMarkdown(prepare(source), { extensions: [structureOnly] });
  // An explicit stack: answers can nest deeper than the call stack is high.
  const waiting: TreeNode[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    walk.visit(node);
    if ('children' in node && node.type !== 'paragraph' && node.type !== 'heading') {
      for (let at = node.children.length - 1; at >= 0; at -= 1) {
        const child = node.children[at];
        if (child !== undefined) waiting.push(child as TreeNode);
      }
    }
  }
  return walk.blocks;
}

class Walk {
  readonly blocks: Block[] = [];
  private readonly source: string;
  private readonly headings: { readonly depth: number; readonly text: string }[] = [];
  private lead = '';
  /** The line right before, when it can name the next block. */
  private lastLine = '';
  /** The heading that no block has followed yet. */
  private freshHeading = '';

  constructor(source: string) {
    this.source = source;
  }

  visit(node: TreeNode): void {
    if (node.type === 'heading') this.enterHeading(node.depth, sliceOf(this.source, node));
    else if (node.type === 'paragraph') this.readParagraph(sliceOf(this.source, node));
    else if (node.type === 'code') this.readCode(node);
  }

  read(piece: Piece): void {
    const raw = this.source.slice(piece.start, piece.end);
    if (piece.type === 'heading') this.enterHeading(piece.depth, raw);
    else if (piece.type === 'paragraph') this.readParagraph(raw);
    else this.addFenced(piece, raw, piece.code);
  }

  private enterHeading(depth: number, raw: string): void {
    const text = raw.split('\n', 1)[0]?.replace(/^#+\s*|\s*#+$/g, '') ?? '';
    while ((this.headings.at(-1)?.depth ?? 0) >= depth) this.headings.pop();
    this.headings.push({ depth, text });
    this.lastLine = text;
    this.freshHeading = text;
    this.lead = '';
  }

  private readParagraph(raw: string): void {
    const [firstLine = ''] = raw.split('\n', 1);
    if (/^\*\*[^*]+\*\*:?\s*$/.test(firstLine)) this.enterHeading(boldHeadingDepth, firstLine);
    this.lastLine = raw.slice(raw.lastIndexOf('\n') + 1).replace(/^[\s>]+/, '');
    this.lead = `${this.lead}\n\n${raw.slice(-maxLeadChars)}`.slice(-maxLeadChars);
  }

  private readCode(node: CodeNode): void {
    const raw = sliceOf(this.source, node);
    const fenced = /^(?:`{3}|~{3})/.test(raw);
    const exact = exactText(node.value, raw, fenced);
    // Who indents a fence often indents the code in it once more.
    const isIndented = /[ \t]/.test(this.source.charAt(spanOf(node).start - 1));
    const text = isIndented ? dedent(exact) : exact;
    if (fenced) this.addFenced(spanOf(node), raw, text);
    else if (/^(?:`{3}|~{3})/.test(dedent(text))) this.readIndentedFences(node, dedent(text));
    this.forgetProse();
  }

  private addFenced(span: Span, raw: string, text: string): void {
    const openingLine = raw.split('\n', 1)[0] ?? '';
    const info = openingLine.replace(/^[`~]+\s*/, '').trim();
    const path = fileNameOfInfo(info) ?? this.nameAbove();
    const language = canonicalLanguage(/^[^\s:{,]*/.exec(info)?.[0] ?? '');
    const { start, end } = span;
    this.blocks.push({ language, path, text, ...this.context(), start, end });
    this.forgetProse();
  }

  private forgetProse(): void {
    this.lastLine = '';
    this.freshHeading = '';
    this.lead = '';
  }

  private nameAbove(): string | null {
    return fileNameOfLine(this.lastLine) ?? fileNameOfLine(this.freshHeading);
  }

  /** A fence indented by four or more columns is indented code to Markdown, and a fence to its writer. */
  private readIndentedFences(node: CodeNode, text: string): void {
    const { start, end } = spanOf(node);
    for (const block of findBlocks(text)) {
      const path = block.path ?? this.nameAbove();
      const code = dedent(block.text);
      this.blocks.push({ ...block, text: code, path, ...this.context(), start, end });
    }
  }

  private context(): Pick<Block, 'lead' | 'headings'> {
    return { lead: this.lead, headings: this.headings.map(({ text }) => text) };
  }
}

/** The code as the source has it: the parser's value comes from a prepared text and lacks some tabs. */
function exactText(value: string, raw: string, fenced: boolean): string {
  if (value === '') return '';
  const lines = raw.split('\n').slice(fenced ? 1 : 0);
  return value
    .split('\n')
    .map((line, at) => {
      const whole = lines[at] ?? '';
      return whole.length >= line.length ? whole.slice(whole.length - line.length) : line;
    })
    .join('\n');
}

function sliceOf(source: string, node: TreeNode): string {
  const { start, end } = spanOf(node);
  return source.slice(start, end);
}

function spanOf(node: TreeNode): Span {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}
