const maxMarkers = 64;
const maxPrefixChars = 256;
/** How far above a fence prose can matter to it: as its container, its announcement or its name. */
const nearLines = 200;
/** Markdown blocks that never end are looked for so many times, for each look goes to the end of the text. */
const maxVainLooks = 10;
const containerPrefix = /^[ \t>*+\-\d.)]+/;
const markdownInfo = /^(?:markdown|mdx?)\b/i;
const fence = /^ {0,3}(`{3,})[ \t]*([^`\n]*)$/;

/**
 * Makes the text that the parser reads, equal to the source in length and lines. Hidden are the fences
 * inside a Markdown block, which would close it early, and what costs the parser time for nothing: prose far
 * from any fence, and prefixes nested deeper than a person writes.
 */
export function prepare(source: string): string {
  return new Preparing(source.split('\n').map(flatten)).run();
}

/** Whether a fence opens a block of Markdown, which has fences of its own: it says so, or begins with a title. */
export function opensMarkdown(opening: string, next: string): boolean {
  const info = /^[^`~]*[`~]+[ \t]*(.*)$/.exec(opening)?.[1] ?? '';
  return info === '' ? /^# \S/.test(next) : markdownInfo.test(info);
}

class Preparing {
  private readonly lines: string[];
  /** Where the prose begins that no fence has followed yet; null once it cannot be told from code. */
  private proseStart: number | null = 0;
  private vainLooks = 0;

  constructor(lines: string[]) {
    this.lines = lines;
  }

  run(): string {
    let at = 0;
    while (at < this.lines.length) at = this.readLine(at);
    this.blankProse(this.lines.length);
    return this.lines.join('\n');
  }

  /** Gives the line to go on with: the one after the block, where one opens here. */
  private readLine(at: number): number {
    const line = this.lines[at] ?? '';
    const run = fence.exec(line)?.[1];
    if (run === undefined) {
      // A fence in a list or a quote, or of tildes: where its code ends is for the parser to say.
      if (line.includes('```') || line.includes('~~~')) this.leaveProse(at);
      return at + 1;
    }
    const end = this.endOfBlock(at, run);
    if (this.proseStart === null) return end + 1;
    this.blankProse(at - nearLines);
    this.proseStart = end + 1;
    return end + 1;
  }

  private leaveProse(at: number): void {
    this.blankProse(at - nearLines);
    this.proseStart = null;
  }

  private blankProse(end: number): void {
    for (let at = this.proseStart ?? end; at < end; at += 1) {
      const line = this.lines[at] ?? '';
      if (!/^ {0,3}#/.test(line)) this.lines[at] = ' '.repeat(line.length);
    }
  }

  private endOfBlock(at: number, run: string): number {
    const isMarkdown = opensMarkdown(this.lines[at] ?? '', this.lines[at + 1] ?? '');
    const nestedEnd = isMarkdown ? this.nestedEnd(at, run) : null;
    if (nestedEnd === null) return this.plainEnd(at, run);
    for (let inner = at + 1; inner < nestedEnd; inner += 1) {
      this.lines[inner] = (this.lines[inner] ?? '').replaceAll('`', 'x');
    }
    return nestedEnd;
  }

  private plainEnd(at: number, run: string): number {
    for (let line = at + 1; line < this.lines.length; line += 1) {
      const marker = fence.exec(this.lines[line] ?? '');
      if (marker?.[1]?.startsWith(run) === true && marker[2]?.trim() === '') return line;
    }
    return this.lines.length;
  }

  /** The line on which as many fences have closed as have opened; null when that never comes. */
  private nestedEnd(at: number, run: string): number | null {
    if (this.vainLooks >= maxVainLooks) return null;
    let open = 1;
    for (let line = at + 1; line < this.lines.length; line += 1) {
      const marker = fence.exec(this.lines[line] ?? '');
      if (marker?.[1] === undefined || marker[1].length < run.length) continue;
      open += marker[2]?.trim() === '' ? -1 : 1;
      if (open === 0) return line;
    }
    this.vainLooks += 1;
    return null;
  }
}

function flatten(line: string): string {
  const prefix = containerPrefix.exec(line)?.[0] ?? '';
  if (prefix.length <= maxMarkers) return line;
  const markers = prefix.replace(/[ \t]+/g, '').length;
  const tooDeep = markers > maxMarkers || prefix.length > maxPrefixChars;
  return tooDeep && !isOneRun(prefix)
    ? 'x'.repeat(prefix.length) + line.slice(prefix.length)
    : line;
}

/** A rule or an underline: one character again and again nests nothing. */
function isOneRun(prefix: string): boolean {
  return /^[ \t]{0,3}(?:-+|\*+|\++|\.+|\d+)$/.test(prefix);
}
