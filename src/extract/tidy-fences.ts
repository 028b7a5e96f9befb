import { canonicalLanguage } from './language.ts';
import { opensMarkdown } from './prepare.ts';

const fence = /^((?:[ \t>]|[-*+] |\d{1,9}[.)] ){0,40})(`{3,}|~{3,})(.*)$/;
/** Where a chat template ends a turn: what follows is the model talking to itself. */
const turnEnd =
  /<\/s>|<\|(?:im_start|im_end|endoftext|eot_id|end_of_text|user|end)\|>|\[\/?INST\]|^### (?:Instruction|User|Human)\b/;

interface OpenFence {
  readonly run: string;
  readonly indent: number;
  readonly isMarkdown: boolean;
  /** Whether nothing in the rest of the text closes it as it should. */
  readonly unclosed: boolean;
}

/**
 * Puts fences that a model wrote carelessly where Markdown sees them: glued to a sentence or to code, closed
 * with words behind, or doubled. Ends the text where the turn ends. Code itself is not changed.
 */
export function tidyFences(source: string): string {
  return new Tidying(source.split('\n')).run();
}

class Tidying {
  private readonly lines: readonly string[];
  private readonly tidied: string[] = [];
  private open: OpenFence | null = null;
  private closedAt = -1;
  /** The shortest run known not to be closed any more, by its character. */
  private readonly unclosed = new Map<string, number>();

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  run(): string {
    for (let at = 0; at < this.lines.length; at += 1) {
      const line = this.lines[at] ?? '';
      if (this.open === null && this.endsTurn(line)) break;
      if (this.open === null) this.readProse(line, at);
      else this.readCode(line, at, this.open);
    }
    return this.tidied.join('\n');
  }

  /** The words before the mark are kept. */
  private endsTurn(line: string): boolean {
    const end = this.closedAt < 0 ? null : turnEnd.exec(line);
    if (end === null) return false;
    this.tidied.push(line.slice(0, end.index));
    return true;
  }

  private readProse(line: string, at: number): void {
    const opening = fence.exec(line);
    if (opening?.[2] !== undefined && isInfo(opening)) {
      if (this.isStray(opening, at)) return;
      this.enter(opening[2], opening[1]?.length ?? 0, at);
      this.tidied.push(line);
      return;
    }
    const glued = splitOpening(line);
    if (glued !== null) {
      this.tidied.push(glued.before, glued.run + glued.after);
      this.enter(glued.run, 0, at);
    } else this.tidied.push(line);
  }

  /** A bare fence right after a closing one, with no fence but an opening one to come, opens nothing. */
  private isStray([, , , info = '']: RegExpExecArray, at: number): boolean {
    if (info.trim() !== '' || this.closedAt !== at - 1) return false;
    for (let line = at + 1; line < this.lines.length; line += 1) {
      if (fence.test(this.lines[line] ?? '')) return languageOf(this.lines[line] ?? '') !== null;
    }
    return true;
  }

  private enter(run: string, indent: number, at: number): void {
    const isMarkdown = opensMarkdown(this.lines[at] ?? '', this.lines[at + 1] ?? '');
    const open = { run, indent, isMarkdown, unclosed: false };
    this.open = { ...open, unclosed: !this.isClosedAfter(open, at) };
  }

  private isClosedAfter(open: OpenFence, at: number): boolean {
    const char = open.run.charAt(0);
    if (open.run.length >= (this.unclosed.get(char) ?? Number.POSITIVE_INFINITY)) return false;
    for (let line = at + 1; line < this.lines.length; line += 1) {
      if (closes(this.lines[line] ?? '', open)) return true;
    }
    this.unclosed.set(char, open.run.length);
    return false;
  }

  private readCode(line: string, at: number, open: OpenFence): void {
    const { run, unclosed } = open;
    if (closes(line, open)) {
      this.tidied.push(line);
      this.leave(at);
      return;
    }
    if (this.reopens(line, open)) {
      this.tidied.push(run);
      this.leave(-1);
      this.readProse(line, at);
      return;
    }
    const marker = unclosed ? fence.exec(line) : null;
    const glued = unclosed ? splitRun(line) : null;
    if (marker !== null && languageOf(line) === null) {
      this.tidied.push(run, marker[3] ?? '');
      this.leave(at);
    } else if (glued?.after === '') {
      this.tidied.push(glued.before, run);
      this.leave(at);
    } else this.tidied.push(line);
  }

  /** An opening fence inside a block that is no Markdown: the block's own end was forgotten. */
  private reopens(line: string, { run, indent, isMarkdown }: OpenFence): boolean {
    const marker = fence.exec(line);
    if (isMarkdown || marker === null || languageOf(line) === null) return false;
    return marker[2] === run && (marker[1]?.length ?? 0) <= indent + 3;
  }

  private leave(at: number): void {
    this.open = null;
    this.closedAt = at;
  }
}

interface Glued {
  readonly before: string;
  readonly run: string;
  readonly after: string;
}

/** Parts a sentence from the opening fence behind it: `Here it is:```python`. */
function splitOpening(line: string): Glued | null {
  const glued = splitRun(line);
  return glued !== null && /\w/.test(glued.before) && canonicalLanguage(glued.after) !== null
    ? glued
    : null;
}

/** Parts a line at its last run of backticks; null when that is no fence, or there is nothing before it. */
function splitRun(line: string): Glued | null {
  const end = line.lastIndexOf('`') + 1;
  let start = end;
  while (line.charAt(start - 1) === '`') start -= 1;
  const before = line.slice(0, start).trimEnd();
  if (end - start < 3 || before === '') return null;
  return { before, run: line.slice(start, end), after: line.slice(end).trim() };
}

/** Whether what follows the run can be an info string: the fence is not a code span such as ```x```. */
function isInfo([, , run = '', info = '']: RegExpExecArray): boolean {
  return run.startsWith('~') || !info.includes('`');
}

function languageOf(line: string): string | null {
  const info = fence.exec(line)?.[3] ?? '';
  const word = /^[ \t]*([\w+#-]+)/.exec(info)?.[1];
  return word === undefined ? null : canonicalLanguage(word);
}

/** A fence set deeper than the opening one is part of the code: a sample in a comment, say. */
function closes(line: string, { run, indent }: OpenFence): boolean {
  const marker = fence.exec(line);
  const isEnd = marker?.[2]?.startsWith(run) === true && marker[3]?.trim() === '';
  return isEnd && (marker[1]?.length ?? 0) <= indent + 3;
}
